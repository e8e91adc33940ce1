// Compile every scenario to OpenAPI 3.2, and write what the mock server expects of each as JSON.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const emitter = resolve("node_modules/@typespec/openapi3");
// Two errors of the emitter are about single operations, yet keep the whole document from being written;
// and a parameter called `constructor` has no examples, only a property of that name.
mend("dist/src/lib.js", /("path-query"|"unsupported-status-code-range"): \{\s*severity: "error"/g, '$1: { severity: "warning"');
mend("dist/src/examples.js", "if (examples.length === 0) {", "if (!Array.isArray(examples) || examples.length === 0) {");

function mend(file, from, to) {
  const path = join(emitter, file);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(from, to));
}

const home = resolve("node_modules/@typespec/http-specs");
const { compile, NodeHost } = await import("@typespec/compiler");
const options = { "openapi-versions": ["3.2.0"], "file-type": "json" };
for (const main of readdirSync(join(home, "specs"), { recursive: true }).filter((path) => path.endsWith("main.tsp")).sort()) {
  const spec = main.slice(0, -"/main.tsp".length);
  const output = { ...options, "emitter-output-dir": resolve("openapi", spec) };
  const program = await compile(NodeHost, join(home, "specs", main), {
    emit: [emitter], additionalImports: [], options: { "@typespec/openapi3": output },
  });
  for (const diagnostic of program.diagnostics.filter((diagnostic) => diagnostic.severity === "error")) console.log(`${spec}: ${diagnostic.code}: ${diagnostic.message}`);
}

const config = { baseUrl: "http://localhost:BASE" };
const settled = (value) => JSON.parse(JSON.stringify(value ?? {}, (_, member) => (typeof member?.serialize === "function" ? member.serialize(config) : member)));
const body = (message) => {
  if (!message) return null;
  if (message.kind === "multipart") {
    const files = (message.files ?? []).map((file) => ({ ...file, buffer: file.buffer.toString("base64") }));
    return { contentType: message.contentType, parts: message.parts ?? {}, files };
  }
  let raw = message.rawContent ?? message.streamChunks?.join("");
  if (typeof raw?.serialize === "function") raw = raw.serialize(config);
  return Buffer.isBuffer(raw) ? { contentType: message.contentType, base64: raw.toString("base64") } : { contentType: message.contentType, text: raw ?? null };
};
const scenarios = [];
for (const file of readdirSync(join(home, "dist/specs"), { recursive: true }).filter((path) => path.endsWith("mockapi.js")).sort()) {
  const { Scenarios } = await import(pathToFileURL(join(home, "dist/specs", file)));
  for (const [id, scenario] of Object.entries(Scenarios)) {
    const calls = scenario.apis.map(({ uri, method, request, response }) => ({
      uri: uri.replaceAll("\\:", ":"), method, query: settled(request?.query), headers: settled(request?.headers), path: settled(request?.pathParams),
      body: body(request?.body), status: response?.status, answer: body(response?.body),
    }));
    scenarios.push({ spec: file.slice(0, -"/mockapi.js".length), id, calls });
  }
}
writeFileSync("scenarios.json", JSON.stringify(scenarios, null, 1));
