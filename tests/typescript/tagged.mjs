// Tagged values, by the IR: `["int32", "12"]`, arrays and objects of them, null.
const texts = new Set(['string', 'date', 'date-time', 'date-time-offset', 'dotnet-offset', 'time', 'duration', 'dotnet-time-span', 'uuid', 'base64', 'base64url', 'base16', 'char', 'dotnet-uri', 'octets', 'quoted-decimal']);

export function tagged(ir, use, value) {
  if (value === null) return null;
  const type = use === undefined ? undefined : ir.types[use.type];
  if (Array.isArray(value)) return value.map((part, index) => tagged(ir, type?.kind === 'array' ? (type.prefix?.[index] ?? type.items ?? undefined) : undefined, part));
  if (typeof value === 'object' && value.constructor === Object) {
    const uses = new Map((type?.properties ?? []).map((property) => [property.name, property.use]));
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, tagged(ir, uses.get(name) ?? (type?.kind === 'map' ? type.values : (type?.additional ?? undefined)), part)]));
  }
  const lexical = use?.lexical ?? type?.lexical;
  const form = lexical && !['any', 'value', 'name', 'flags'].includes(lexical.json) ? lexical.json : typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'string' : 'number';
  return [form, String(value)];
}

/** The JSON text of a tagged value. */
export function jsonText(value) {
  if (value === null) return 'null';
  if (!Array.isArray(value)) return `{${Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${jsonText(part)}`).join(',')}}`;
  if (value.length === 2 && value.every((part) => typeof part === 'string')) return value[0] === 'boolean' || (!texts.has(value[0]) && /^-?\d/.test(value[1])) ? value[1] : JSON.stringify(value[1]);
  return `[${value.map(jsonText).join(',')}]`;
}
