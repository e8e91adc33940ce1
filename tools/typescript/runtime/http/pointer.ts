/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
export function at(value: unknown, pointer: string): unknown {
  let part = value;
  for (const token of tokens(pointer)) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, token)) return undefined;
    part = (part as Readonly<Record<string, unknown>>)[token];
  }
  return part;
}

/** The same value with another one at a JSON pointer; what is on the way is copied. */
export function withAt(value: unknown, pointer: string, part: unknown): unknown {
  const [token, ...rest] = tokens(pointer);
  if (token === undefined) return part;
  const inner = withAt(at(value, `/${escaped(token)}`), rest.map((step) => `/${escaped(step)}`).join(''), part);
  return { ...(value as object | undefined), [token]: inner };
}

function tokens(pointer: string): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escaped(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
