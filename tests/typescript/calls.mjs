// Operations of the TypeScript runtime from an `ir.json`, and what a call sends, or makes of an answer.
import { inPath, operation as described } from './described.mjs';
import { jsonText, tagged } from './tagged.mjs';

const places = { query: 'inQuery', header: 'inHeader', cookie: 'inCookie', querystring: 'asQuery' };
const camel = (text) => text.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const base = 'https://api.example';

const text = (octets) => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return { base64: Buffer.from(octets).toString('base64') };
  }
};

/** What `fetch` does not do. */
export class Skipped extends Error {}

const isBodiless = ({ method }) => method === 'GET' || method === 'HEAD';

export class Calls {
  /** `generated` has the functions of a generated package with their names of arguments; the runtime is that of the loader. */
  constructor(loader, generated) {
    this.loader = loader;
    this.rt = loader.rt;
    this.generated = generated;
    this.operations = new Map(loader.operations.map((operation) => [operation.id, operation]));
  }

  argumentName(operation, parameter) {
    const alone = operation.parameters.filter((other) => other.name === parameter.name).length === 1;
    return alone && parameter.name !== 'body' ? parameter.name : `${parameter.location}:${parameter.name}`;
  }

  parameter(operation, parameter) {
    const options = { argument: this.argumentName(operation, parameter), optional: parameter.required !== true, explode: parameter.explode ?? true, reserved: parameter.allow_reserved === true };
    if (parameter.content) options.content = parameter.content;
    const style = parameter.style ?? 'form';
    const marks = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };
    const isBeside = marks[style] !== undefined && (parameter.location === 'path' || parameter.location === 'header');
    if (isBeside) options.style = this.rt.separated(parameter.location === 'path' ? encodeURIComponent(marks[style]) : marks[style]);
    else if (style !== 'form' && style !== 'simple') options.style = this.rt[camel(style)];
    else if (style === 'simple') options.style = this.rt.simple;
    else options.style = this.rt.form;
    return (parameter.location === 'path' ? inPath : this.rt[places[parameter.location]])(parameter.name, this.styled(parameter.use, parameter.inner_separators ?? []), options);
  }

  /** The codec of a value whose lists in a list are texts with separators. */
  styled(use, separators) {
    if (separators.length === 0) return this.loader.use(use);
    const inner = (use, rest) => (rest.length === 0 ? this.loader.use(use) : this.rt.joined(inner(this.loader.ir.types[use.type].items, rest.slice(1)), rest[0]));
    return this.rt.list(inner(this.loader.ir.types[use.type].items, separators));
  }

  /** What a form says of one of its members. */
  partOf(part, use) {
    const isXml = /[/+]xml$/.test(part.content_type?.split(/[,;]/)[0].trim() ?? '');
    const isText = /^(text|image)\/\w/.test(part.content_type ?? '') && !isXml;
    const said = { contentType: part.content_type, write: isXml ? this.documentOf(part.name, use) : (isText && !this.isObject(part.name, use)) || part.style ? this.rt.delimited : undefined, split: part.style && !this.isList(part.name, use) ? this.rt.stylePairs : undefined, style: part.style, explode: part.explode, encode: part.allow_reserved === true ? this.rt.keepReserved : undefined, encoded: this.isEncoded(part.name, use), codec: part.inner_separators?.length ? this.styled(this.loader.ir.types[use.type].properties.find((one) => one.name === part.name).use, part.inner_separators) : undefined };
    return [part.name, Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null))];
  }

  /** Whether a member, or an item of it, is an object, which has no other text than JSON. */
  isObject(name, use) {
    const typeOf = (use) => this.loader.ir.types[use.type];
    const member = typeOf(use).properties?.find((property) => property.name === name)?.use;
    const type = member && typeOf(member);
    return /^(object|map)$/.test(type?.items ? typeOf(type.items).kind : type?.kind);
  }

  isList(name, use) {
    const member = this.loader.ir.types[use.type].properties?.find((property) => property.name === name)?.use;
    return this.loader.ir.types[member?.type]?.kind === 'array';
  }

  /** Whether octets of a member, or of a list's items, are text. */
  isEncoded(name, use) {
    const typeOf = (use) => this.loader.ir.types[use.type];
    const member = typeOf(use).properties?.find((property) => property.name === name)?.use;
    const type = member && typeOf(member);
    return /^base/.test(type?.items ? typeOf(type.items).lexical?.json : type?.lexical?.json) || undefined;
  }

  /** `toXml` for a member of a form, or its items: of a generated package their codecs know the root, here the type does. */
  documentOf(name, use) {
    const typeOf = (use) => this.loader.ir.types[use.type];
    const member = typeOf(use).properties.find((property) => property.name === name).use;
    const item = typeOf(member).items ?? member;
    return (_, value) => this.rt.toXml(this.loader.use(item, typeOf(item).root?.content), value);
  }

  body(content) {
    const { kind, media_type: mediaType, use, root } = content;
    if (!['json', 'xml', 'form', 'multipart'].includes(kind)) return this.rt.blob(mediaType);
    if (use && (kind === 'form' || kind === 'multipart')) {
      const said = content.parts ?? [];
      const others = (this.loader.ir.types[use.type].properties ?? []).filter(({ name }) => !said.some((part) => part.name === name));
      const write = kind === 'form' || mediaType.startsWith('multipart/form-data') ? this.rt[kind] : this.rt.mixed;
      return write(this.loader.use(use), mediaType, Object.fromEntries([...said, ...others.map(({ name }) => ({ name }))].map((part) => this.partOf(part, use))));
    }
    const codec = use ? this.loader.use(use, root?.content) : this.rt.any;
    if (kind === 'json') return this.rt.jsonBody(codec, mediaType);
    const facts = root ? { name: root.name, namespace: root.namespace ?? '', nil: root.nil === true, names: this.loader.namesRead(root), profile: this.rt[root.profile], ...(root.prefix ? { prefix: root.prefix } : {}) } : {};
    return this.rt.xmlBody(this.rt.rooted(codec, facts), mediaType);
  }

  operation(operation) {
    const bodies = (contents) => (contents ?? []).map((content) => this.body(content));
    // As generated operations have them: plain media types before others of their kind, and names for ranges.
    const plain = { json: 'application/json', xml: 'application/xml', binary: 'application/octet-stream' };
    const first = (content) => content.media_type.toLowerCase() !== plain[content.kind];
    const sent = (contents) => [...contents].sort((a, b) => first(a) - first(b)).map((content) => (content.media_type.includes('*') ? { ...content, media_type: plain[content.kind ?? 'binary'] ?? content.media_type } : content));
    return described(this.rt, {
      method: operation.method, path: operation.path, parameters: (operation.parameters ?? []).map((parameter) => this.parameter(operation, parameter)),
      ...(operation.body && !isBodiless(operation) ? { body: this.rt.sends(bodies(sent(operation.body.contents)), operation.body.required !== true) } : {}),
      answers: Object.fromEntries((operation.responses ?? []).map((response) => [response.status, response.contents?.length ? bodies(response.contents) : undefined])),
    });
  }

  /** Calls the operation of a message; `fetch` answers. */
  call(message, fetch) {
    const operation = { parameters: [], ...this.operations.get(message.operation) };
    const args = {};
    const [written, names] = this.generated?.functions.get(operation.id) ?? [this.operation(operation), {}];
    for (const parameter of operation.parameters) {
      const name = this.argumentName(operation, parameter);
      if (Object.hasOwn(message.arguments, name)) args[names[`${parameter.location}:${parameter.name}`] ?? name] = this.rt.fromJson(this.loader.use(parameter.use), jsonText(message.arguments[name]));
    }
    if (message.arguments.body !== undefined && !isBodiless(operation)) {
      const content = operation.body.contents.find((content) => content.kind === (message.format ?? 'json')) ?? operation.body.contents[0];
      args.body = this.rt.fromJson(this.loader.use(content.use), jsonText(message.arguments.body));
    }
    const { json, xml, connectBy } = this.rt;
    return written(connectBy(base, message.format === 'xml' ? [xml, json] : [json, xml], { fetch }), args);
  }

  async request(message) {
    if (message.arguments.body !== undefined && isBodiless(this.operations.get(message.operation))) throw new Skipped('`fetch` sends no body here');
    let sent;
    const wrong = await this.call(message, async (request) => {
      sent = { method: request.method, target: request.url.slice(base.length), headers: [...request.headers], body: text(await request.arrayBuffer()) || null };
      return new Response(null, { status: 204 });
    }).catch((error) => error);
    if (sent === undefined) throw wrong;
    return sent;
  }

  async answer(message) {
    const body = message.status === 204 ? null : message.body;
    let value, error;
    try {
      value = await this.call(message, async () => new Response(body, { status: message.status, headers: message.headers }));
    } catch (wrong) {
      if (!(wrong instanceof this.rt.ApiError)) throw wrong;
      error = { status: wrong.status };
      value = wrong.body;
    }
    const content = this.content(message);
    const said = content && (error === undefined || typeof value !== 'string' || value !== message.body) ? { value: this.tagged(content, value) } : { value: null };
    if (error === undefined) return said;
    return { error: said.value === null ? error : { ...error, ...said } };
  }

  /** What the document says of an answer's body. */
  content(message) {
    const type = new Headers(message.headers).get('content-type')?.split(';')[0].trim().toLowerCase();
    const { responses = [] } = this.operations.get(message.operation);
    const keys = [String(message.status), `${Math.floor(message.status / 100)}XX`, 'default'];
    const response = keys.map((key) => responses.find((response) => response.status === key)).find((response) => response !== undefined);
    return response?.contents?.find((content) => content.media_type.toLowerCase() === type);
  }

  tagged(content, value) {
    return tagged(this.loader.ir, content.use, this.rt.parseExactly(this.rt.toJson(this.loader.use(content.use), value)));
  }
}
