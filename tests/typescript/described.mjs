// Operations of the runtime by what a document says of them, where a generated module would have code for each.

/** A parameter in the path. */
export const inPath = (name, codec, options = {}) => ({ name, codec, options });

/** The path of a template with such parameters. */
const pathOf = (rt, template, parameters) => (args, client) =>
  parameters.reduce((path, { name, codec, options }) => path.replaceAll(`{${name}}`, () => rt.inPath(args, name, codec, options, client)), template);

/** An operation; `answers` are codecs or forms by status, undefined: no body. */
export function operation(rt, { method, path, parameters = [], body, answers, security }) {
  const writers = parameters.filter((parameter) => typeof parameter === 'function');
  return rt.operationWith(
    method,
    rt.dotless(pathOf(rt, path, parameters.filter((parameter) => typeof parameter !== 'function'))),
    Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answer ?? false])),
    [...writers, body, security].filter((writer) => writer !== undefined),
    { find: rt.ranges, read: rt.various },
  );
}
