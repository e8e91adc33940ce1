// Prints, for each file that is named on standard input, the kinds of the nodes of its syntax tree, comments included.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { default: ts } = await import(pathToFileURL(process.argv[2]));

function kinds(node, list) {
  list.push(node.kind);
  for (const comment of node.jsDoc ?? []) {
    list.push('doc', Array.isArray(comment.comment) ? comment.comment.map((part) => part.kind).join() : 'text');
    for (const tag of comment.tags ?? []) list.push(tag.kind, tag.tagName.text);
  }
  // Imports stand in the order of their names, which the text may change.
  if (!ts.isImportDeclaration(node)) ts.forEachChild(node, (child) => kinds(child, list));
}

for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
  const source = ts.createSourceFile(`module${/(\.d)?\.[jt]s$/.exec(path)[0]}`, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const list = [source.parseDiagnostics.length, source.commentDirectives?.length ?? 0, source.pragmas.size];
  kinds(source, list);
  console.log(createHash('sha256').update(list.join(' ')).digest('hex'));
}
