// Makes codecs of the TypeScript runtime from an `ir.json`, as generated modules would: one for each type and content.
import * as ours from '../../codegen/bindwright/targets/typescript/runtime/index.js';

const pairs = {
  'date-time-offset dotnet-offset': 'dotnetOffset', 'date-time dotnet-offset': 'dotnetOffset', 'dotnet-time-span duration': 'dotnetTimeSpan',
  'char char-code': 'charCode', 'string dotnet-uri': 'dotnetUri', 'quoted-decimal decimal': 'quotedDecimal',
};
const formName = (form) => (form === 'null' ? 'nothing' : form.replace(/-(.)/g, (_, letter) => letter.toUpperCase()));
const scalarOf = (rt, json, xml) => {
  const name = pairs[`${json} ${xml}`] ?? (json === xml ? formName(json) : undefined);
  return name === undefined ? rt.inXml(rt[formName(json)], rt[formName(xml)]) : (rt[name] ?? rt.never);
};
const plainValue = (value) => (value !== null && typeof value === 'object' && '$number' in value ? Number(value.$number) : value);
const expanded = (name) => [name.namespace ?? '', name.name];

const values = new Set(['value', 'values', 'constants', 'usual', 'zero', 'default', 'examples', 'extensions']);
/** The IR without the members that say nothing: an absent one means the same. */
function bare(part) {
  if (Array.isArray(part)) return part.map(bare);
  if (part === null || typeof part !== 'object') return part;
  const said = (value) => value !== null && value !== '' && value !== false && (typeof value !== 'object' || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(part).filter(([name, value]) => values.has(name) || said(value)).map(([name, value]) => [name, values.has(name) ? value : bare(value)]));
}

export class Loader {
  /** `runtime` makes the codecs: one that was loaded from elsewhere reads none of them as it should. */
  constructor(whole, runtime = ours) {
    this.rt = runtime;
    const ir = { ...bare(whole), types: Object.fromEntries(Object.entries(whole.types ?? {}).map(([id, type]) => [id, bare(type)])) };
    this.ir = ir;
    /** As they stand there: their defaults are true as well as false. */
    this.operations = whole.operations ?? [];
    this.xml = ir.xml ?? {};
    this.known = new Map();
  }

  /** The codec of a type as the root of a document. */
  root(id) {
    const type = this.ir.types[id];
    // .NET sends null for any class.
    return this.codec(id, type.root?.content, type.lexical, type.nullable === true || type.root?.nil === true);
  }

  use(use, content) {
    const codec = this.codec(use.type, content, use.lexical);
    return use.nullable ? this.rt.nullable(codec) : codec;
  }

  codec(id, content, lexical, isNullable = false) {
    const key = JSON.stringify([id, content, lexical, isNullable]);
    if (!this.known.has(key)) {
      this.known.set(key, this.rt.lazy(() => this.known.get(key)));
      const codec = this.newCodec(this.ir.types[id], id, content, lexical);
      this.known.set(key, isNullable ? this.rt.nullable(codec) : codec);
    }
    return this.known.get(key);
  }

  facts(type, content) {
    const node = this.xml[content] ?? {};
    const root = type.root?.content === content ? type.root : undefined;
    return {
      profile: this.rt[type.root?.profile ?? type.profile],
      ...(root === undefined ? {} : { name: root.name, namespace: root.namespace ?? '', nil: root.nil === true, prefix: root.prefix ?? undefined, names: this.namesRead(root) }),
      type: node.contract === undefined ? undefined : expanded(node.contract),
      inside: node.inside ?? '',
      declares: node.declares ?? [],
    };
  }

  /** The names of all elements that are read as what stands at a node. */
  namesRead(node) {
    const content = this.xml[node.content] ?? {};
    const within = { list: [content.item], tuple: [...(content.items ?? []), ...(content.rest ? [content.rest] : [])], object: content.elements }[content.kind] ?? [];
    if (node.node === 'none') return within.flatMap((part) => this.namesRead(part));
    const named = [node, ...(content.by_name ? content.alternatives : [])];
    return named.flatMap((part) => [part, ...(part.also_read ?? [])].map(expanded));
  }

  /** A member that is an element, or whose elements stand where it would. */
  element(node, type) {
    const content = this.xml[node.content];
    if (node.node !== 'none') return this.node(node);
    if (content.kind === 'list') return { ...this.node(node), nil: content.item.nil === true };
    return { ...this.node(node, () => this.rt.inlined(this.codec(type, node.content))), bare: content.kind === 'tuple' && !content.fewest };
  }

  node(node, codec) {
    return {
      of: node.property ?? '', name: node.name ?? '', namespace: node.namespace ?? '', prefix: node.prefix ?? undefined, nil: node.nil === true,
      names: this.namesRead(node), bare: node.node === 'none', cdata: node.node === 'cdata', text: node.node === 'text',
      attribute: node.node === 'attribute', qname: node.qname === true, ...(codec === undefined ? {} : { codec }),
    };
  }

  newCodec(type, id, content, lexical) {
    const node = this.xml[content];
    const facts = this.facts(type, content);
    switch (type.kind) {
      case 'scalar': return this.scalar(type, node, lexical ?? type.lexical, facts);
      case 'enum': return this.enumeration(type, node, facts);
      case 'array': return this.array(type, node, facts);
      case 'map': return this.map(type, node, facts);
      case 'union': return this.union(type, node, facts);
      default: return this.object(type, node, facts);
    }
  }

  scalar(type, node, lexical, facts) {
    if (type.base === 'any') return this.rt.rooted(this.rt.anyOf(() => this.contents(node?.known)), facts);
    const form = node?.lexical ?? (node?.kind === 'offset' ? 'dotnet-offset' : lexical.xml);
    return this.rt.rooted(scalarOf(this.rt, lexical.json, form), facts);
  }

  contents(ids = []) {
    return ids.map((id) => this.codec(this.xml[id].type, id));
  }

  enumeration(type, node, facts) {
    const values = type.members.map((member) => plainValue(member.value));
    const base = this.rt[formName(type.lexical.json)];
    const wide = ['int64', 'uint64'].includes(type.lexical.json);
    const table = Object.fromEntries(type.members.map((member) => [member.name ?? String(member.value), wide ? BigInt(member.value.$number ?? member.value) : plainValue(member.value)]));
    if (type.flags) return this.rt.flags(base, table, facts);
    if (type.xml_names) return this.rt.names(base, table, facts);
    if (type.lexical.json === 'value') return this.rt.values(values, type.open ? 'open' : 'closed', facts);
    return this.rt.enumeration(base, wide ? values.map(BigInt) : values, type.open ? 'open' : 'closed', facts);
  }

  array(type, node, facts) {
    if (!type.prefix?.length) return this.rt.list(type.items ? this.use(type.items, node?.item?.content) : this.rt.never, node?.item ? { ...facts, item: this.rt.node(this.node(node.item)) } : facts);
    const items = node?.items ?? [];
    const codecs = type.prefix.map((use, index) => this.use(use, items[index]?.content));
    const options = { fewest: node?.fewest ?? 0, ...(node?.rest ? { rest: this.node(node.rest) } : {}) };
    const kind = node?.kind === 'tuple' ? { kind: this.rt.parts(items.map((item) => this.node(item)), '', options) } : {};
    return this.rt.tuple(codecs, { ...facts, ...kind }, type.items ? this.use(type.items, node?.rest?.content) : undefined);
  }

  map(type, node, facts) {
    const keys = type.key === undefined || type.key === 'string' || type.key === 'value' ? undefined : type.key === 'name' || type.key === 'flags' ? this.codec(this.keyType(type, node), node?.key?.content) : type.key === 'boolean' && node?.kind === 'entries' ? this.rt.dotnetBoolean : this.rt[formName(type.key)];
    const kind = node === undefined ? undefined
      : node.kind === 'entries' ? this.rt.entries({ entry: expanded(node.entry), key: this.node(node.key, () => this.codec(this.xml[node.key.content].type, node.key.content, { json: type.key })), value: this.node(node.value) })
      : node.kind === 'any' ? this.rt.anyMap(() => this.contents(node.known))
      : this.rt.children(this.node(node.value), node.inside ?? '');
    return this.rt.map(this.use(type.values, node?.value?.content), { ...facts, kind }, keys, type.required_names);
  }

  keyType(type, node) {
    return node === undefined ? (type.entries?.key_use ?? type.keys).type : this.xml[node.key.content].type;
  }

  isAny(type, around = []) {
    return type.kind === 'union' ? type.members.some((use) => !around.includes(use.type) && this.isAny(this.ir.types[use.type], [...around, use.type])) : type.base === 'any';
  }

  union(type, node, facts) {
    if (this.isAny(type)) return this.rt.rooted(this.rt.anyOf(() => this.contents(node?.known)), facts);
    const byDiscriminator = type.discriminator !== undefined && Object.keys(type.mapping ?? {}).length > 0;
    const order = byDiscriminator || !type.alternatives?.length ? type.members.map((_, member) => ({ member })) : type.alternatives;
    const codecs = order.map((alternative) => ({
      codec: this.use(type.members[alternative.member], node?.alternatives?.[alternative.member]?.content),
      ...(alternative.values?.length ? { values: alternative.values.map(plainValue), open: alternative.open === true } : {}), ...(alternative.constants ? { constants: alternative.constants } : {}), ...(alternative.usual ? { usual: alternative.usual } : {}), ...(alternative.requires ? { requires: alternative.requires } : {}), closed: alternative.closed === true,
    }));
    const position = (target) => order.findIndex((alternative) => type.members[alternative.member].type === target);
    const options = byDiscriminator ? { discriminator: type.discriminator, mapping: Object.fromEntries(Object.entries(type.mapping).map(([value, target]) => [value, position(target)])) } : {};
    if (type.default_type) options.otherwise = position(type.default_type);
    if (node?.kind === 'union') {
      const nodes = order.map((alternative) => node.alternatives[alternative.member]);
      facts = { ...facts, kind: this.rt.choice({
        byName: node.by_name === true, ...(options.otherwise === undefined ? {} : { otherwise: options.otherwise }), nodes: nodes.map((part) => this.node(part)), types: nodes.map((part) => (part.contract?.namespace === 'http://www.w3.org/2001/XMLSchema' ? part.contract.name : '')), inside: facts.inside, ...(node.discriminator ? { discriminator: this.node(node.discriminator) } : {}),
        mapping: Object.fromEntries(Object.entries(node.mapping ?? {}).map(([value, target]) => [value, nodes.findIndex((part) => part.content === target)])),
      }) };
    }
    return this.rt.union(codecs, options, facts);
  }

  object(type, node, facts) {
    const nodes = new Map([...(node?.attributes ?? []), ...(node?.elements ?? []), ...(node?.text ? [node.text] : [])].map((part) => [part.property, part]));
    const members = {};
    for (const property of type.properties ?? []) Object.defineProperty(members, property.name, { value: this.member(property, nodes.get(property.name)), enumerable: true });
    const options = { closed: type.unknown === 'reject', order: type.json_order ?? (type.properties ?? []).map((property) => property.name) };
    if (type.additional) options.additional = this.use(type.additional, node?.additional?.content);
    if (type.pattern_additional) options.patterns = type.pattern_additional.map(([pattern, use], at) => [pattern, this.use(use, node?.patterns?.[at]?.content)]);
    if (type.reference) options.sharing = this.rt.sharing(type.reference.id, type.reference.ref);
    if (type.discriminator && type.mapping) {
      options.discriminator = type.discriminator;
      options.mapping = () => Object.fromEntries(Object.entries(type.mapping).map(([value, target]) => [value, this.codec(target, this.ir.types[target].root?.content)]));
    }
    if (node?.kind === 'object') facts = { ...facts, elements: this.rt.shared((node.elements ?? []).map((part) => this.element(part, (type.properties ?? []).find(({ name }) => name === part.property)?.use.type))), features: this.features(node) };
    return this.rt.telling(this.rt.objectWith(members, facts, options), this.said(type));
  }

  said(type) {
    if (type.reference) return {};
    const line = (base) => (base === undefined ? [] : [base, ...line(this.ir.types[base.base])]);
    const above = line(type);
    return Object.fromEntries((type.properties ?? []).map(({ name, use, usual: listed }) => {
      const isWide = listed !== undefined && ['int64', 'uint64'].includes((use.lexical ?? this.ir.types[use.type].lexical)?.json);
      const usual = isWide ? BigInt(listed.$number ?? listed) : listed;
      const mapping = above.filter((base) => base.discriminator === name && base.mapping).at(-1)?.mapping ?? {};
      const values = Object.keys(mapping);
      const own = values.filter((value) => above.includes(this.ir.types[mapping[value]]) || line(this.ir.types[mapping[value]]).includes(type));
      return [name, { usual, values, own }];
    }).filter(([, { usual, values, own }]) => usual !== undefined || own.length < values.length));
  }

  features(node) {
    const features = [this.rt.inherited];
    if (node.reference) features.push(this.rt.reference({ id: expanded(node.reference.id), ref: expanded(node.reference.ref), prefix: node.reference.prefix }));
    const [plain, named] = [false, true].map((qname) => (node.attributes ?? []).filter((part) => (part.qname ?? false) === qname));
    if (plain.length > 0) features.push(this.rt.attributes(plain.map((part) => this.node(part))));
    features.push(...named.map((part) => this.rt.typeAttribute(this.node(part))));
    if (node.text) features.push(this.rt.content(this.node(node.text)));
    if (node.additional || node.patterns) features.push(this.rt.additional(node.additional ? this.node(node.additional) : null, node.patterns?.map((part) => this.node(part))));
    if (node.discriminator) features.push(this.rt.byDiscriminator(this.node(node.discriminator), () => Object.fromEntries(Object.entries(node.mapping).map(([value, target]) => [value, this.codec(this.xml[target].type, target)]))));
    if (node.derived) features.push(this.rt.derived(() => this.contents(node.derived)));
    return features;
  }

  member(property, node) {
    let codec = this.use(property.use, node?.content);
    if (property.null === 'value' && !property.use.nullable) codec = this.rt.nullable(codec);
    if (property.null !== 'value' && property.use.nullable) codec = this.codec(property.use.type, node?.content, property.use.lexical);
    if (property.presence === 'always' && property.use.only === undefined) return codec;
    return (property.conditional ? this.rt.conditional : this.rt.optional)(codec, { ...(property.presence === 'zero' ? { zero: property.zero === undefined ? 'null' : JSON.stringify(plainValue(property.zero)) } : {}), ...(property.use.only ? { only: property.use.only } : {}) });
  }
}
