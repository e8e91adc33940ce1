// Reads and writes JSON and XML of any type of an API, by what `bindwright ir` says and nothing else.
// No name is built, no namespace passed down, nothing put in order here: the IR has all of that.
const XSI = 'http://www.w3.org/2001/XMLSchema-instance', XMLNS = 'http://www.w3.org/XML/1998/namespace';
class Refused extends Error {} const refuse = (why) => { throw new Refused(why); };
// --- JSON text: numbers keep their digits, objects their order ---
class Digits { constructor(text) { this.text = text; } }
export function parseJson(text) {
  let at = 0; const skip = () => { while (' \t\r\n'.includes(text[at]) && at < text.length) at++; };
  const match = (expression) => { expression.lastIndex = at; const token = expression.exec(text); if (!token) refuse(`JSON at ${at}`); at = expression.lastIndex; return token[0]; };
  const take = (sign) => { skip(); if (text[at] !== sign) return false; at++; return true; };
  const string = () => JSON.parse(match(/"(?:[^"\\]|\\.)*"/sy));
  const value = () => {
    skip(); if (text[at] === '"') return string();
    if (take('{')) {
      const members = new Map();
      if (take('}')) return members;
      do { skip(); const name = string(); if (!take(':')) refuse('a colon'); members.set(name, value()); } while (take(','));
      return take('}') ? members : refuse('a brace'); }
    if (take('[')) {
      const items = []; if (take(']')) return items; do items.push(value()); while (take(','));
      return take(']') ? items : refuse('a bracket'); }
    if (/[-0-9]/.test(text[at])) return new Digits(match(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y));
    return { true: true, false: false, null: null }[match(/true|false|null/y)]; };
  const result = value();
  skip(); return at === text.length ? result : refuse('more text'); }
const quote = (text) => JSON.stringify(text).replace(/[\u0085\u2028\u2029]/g, (sign) => '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0'));
export function jsonText(value) {
  if (value instanceof Digits) return value.text;
  if (value instanceof Map) return '{' + [...value].map(([name, part]) => quote(name) + ':' + jsonText(part)).join(',') + '}';
  if (Array.isArray(value)) return '[' + value.map(jsonText).join(',') + ']';
  return typeof value === 'string' ? quote(value) : String(value); }
// --- lexical forms: [from JSON, to JSON, from text, to text] ---
const asString = (value) => (typeof value === 'string' ? value : refuse('a string'));
const asDigits = (value) => (value instanceof Digits ? value.text : refuse('a number'));
const trim = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''), held = (text, expression) => (expression.test(text) ? text : refuse(text));
const same = (value) => value, text = (expression) => [(value) => held(asString(value), expression), same, (value) => held(trim(value), expression), same];
const integer = (low, high) => {
  const read = (digits) => { const value = BigInt(held(digits, /^[-+]?[0-9]+$/).replace('+', '')); return (low === undefined || (value >= low && value <= high)) ? value : refuse(digits); };
  return [(value) => read(asDigits(value)), (value) => new Digits(String(value)), (value) => read(trim(value)), String]; };
const signed = (bits) => integer(-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n), unsigned = (bits) => integer(0n, (1n << BigInt(bits)) - 1n);
const SPECIAL = { INF: Infinity, '-INF': -Infinity, NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };
const double = (value) => (value in SPECIAL ? SPECIAL[value] : Number(held(value, /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/)));
const xsdDouble = (value, digits) => (Number.isNaN(value) ? 'NaN' : Math.abs(value) === Infinity ? (value > 0 ? 'INF' : '-INF') : Object.is(value, -0) ? '-0' : digits(value));
function roundTrip(value, short, long, narrow) { // .NET's "R": the short form where it reads back
  let digits = value.toExponential(short - 1), count = short;
  if (narrow(Number(digits)) !== narrow(value)) { digits = value.toExponential(long - 1); count = long; }
  let [, sign, whole, rest, power] = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(digits);
  const all = (whole + (rest ?? '')).replace(/0+$/, '') || '0', exponent = Number(power);
  if (exponent + 1 > count || exponent + 1 < -3) return `${sign}${all[0]}${all.length > 1 ? '.' + all.slice(1) : ''}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${all}`;
  const padded = all.padEnd(exponent + 1, '0');
  return sign + padded.slice(0, exponent + 1) + (padded.length > exponent + 1 ? '.' + padded.slice(exponent + 1) : ''); }
const pointed = (digits) => new Digits(/[.eE]/.test(digits) ? digits : digits + '.0');
const dotnetReal = (digits) => [
  (value) => double(value instanceof Digits ? value.text : asString(value)),
  (value) => (Number.isNaN(value) ? 'NaN' : Math.abs(value) === Infinity ? (value > 0 ? 'Infinity' : '-Infinity') : pointed(value === 0 ? '0' : digits(value))),
  (value) => double(trim(value)), (value) => xsdDouble(value, digits)];
const dotnetDouble = (value) => roundTrip(value, 15, 17, same), dotnetFloat = (value) => roundTrip(Math.fround(value), 7, 9, Math.fround);
const plainReal = [(value) => (value in SPECIAL ? SPECIAL[value] : double(asDigits(value))), (value) => new Digits(String(value)), (value) => double(trim(value)), (value) => xsdDouble(value, String)];
const DECIMAL = /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/;
const plainDigits = (digits) => { // no exponent: its digits are moved
  const [, sign, whole, rest = '', power = '0'] = /^([-+]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?$/.exec(digits) ?? refuse(digits);
  const shift = Number(power), all = whole + rest, point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0'), end = Math.max(point, 1);
  return (sign === '-' ? '-' : '') + padded.slice(0, end) + (padded.length > end ? '.' + padded.slice(end) : ''); };
const roomy = (digits) => (digits.replace(/[-.]/g, '').length > 29 ? digits.replace(/\.?0+$/, '') : digits); // a decimal has 29 digits
const fromBytes = (bytes) => bytes.toString('base64');
const base64 = (value) => { const bare = value.replace(/[ \t\r\n]/g, ''); return /^[A-Za-z0-9+/]*={0,2}$/.test(bare) && bare.length % 4 === 0 ? fromBytes(Buffer.from(bare, 'base64')) : refuse(value); };
function ticksOf(value, expression, [sign, ...names]) { // hundreds of nanoseconds
  const parts = expression.exec(value) ?? refuse(value), at = (name) => BigInt(parts.groups[name] ?? 0);
  const total = (((at('d') * 24n + at('h')) * 60n + at('m')) * 60n + at('s')) * 10000000n + BigInt((parts.groups.f ?? '').slice(0, 7).padEnd(7, '0'));
  return parts.groups.sign ? -total : total; }
const XSD_SPAN = /^(?<sign>-)?P(?:(?<d>\d+)D)?(?:T(?:(?<h>\d+)H)?(?:(?<m>\d+)M)?(?:(?<s>\d+)(?:\.(?<f>\d+))?S)?)?$/, NET_SPAN = /^(?<sign>-)?(?:(?<d>\d+)\.)?(?<h>\d+):(?<m>\d\d):(?<s>\d\d)(?:\.(?<f>\d{1,7}))?$/;
const span = (ticks) => { const size = ticks < 0n ? -ticks : ticks, seconds = size / 10000000n; return [ticks < 0n ? '-' : '', seconds / 86400n, seconds / 3600n % 24n, seconds / 60n % 60n, seconds % 60n, String(size % 10000000n).padStart(7, '0')]; };
const netSpan = (ticks) => { const [sign, d, h, m, s, f] = span(ticks), two = (part) => String(part).padStart(2, '0'); return `${sign}${d ? d + '.' : ''}${two(h)}:${two(m)}:${two(s)}${f === '0000000' ? '' : '.' + f}`; };
const xsdSpan = (ticks) => {
  const [sign, d, h, m, s, f] = span(ticks), rest = f.replace(/0+$/, ''), time = `${h ? h + 'H' : ''}${m ? m + 'M' : ''}${s || rest ? s + (rest && '.' + rest) + 'S' : ''}`;
  return `${sign}P${d ? d + 'D' : ''}${time || !d ? 'T' + (time || '0S') : ''}`; };
const uri = (value) => { try { const link = new URL(value); return link.protocol === 'http:' || link.protocol === 'https:' ? link.href : value; } catch { return encodeURI(value).replace(/%25/g, '%'); } };
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[-+]\d\d:\d\d)?$/;
const FORMS = {
  string: [asString, same, same, same], boolean: [(value) => (typeof value === 'boolean' ? value : refuse('a boolean')), same, (value) => ({ true: true, 1: true, false: false, 0: false })[trim(value)] ?? refuse(value), String],
  integer: integer(), int8: signed(8), int16: signed(16), int32: signed(32), int64: signed(64), uint8: unsigned(8), uint16: unsigned(16), uint32: unsigned(32), uint64: unsigned(64),
  double: plainReal, float: plainReal, 'dotnet-double': dotnetReal(dotnetDouble), 'dotnet-float': dotnetReal(dotnetFloat),
  decimal: [(value) => plainDigits(asDigits(value)), (value) => new Digits(value), (value) => held(trim(value), DECIMAL), same],
  'dotnet-decimal': [(value) => roomy(plainDigits(asDigits(value))), pointed, (value) => held(trim(value), DECIMAL), same],
  'quoted-decimal': [(value) => held(asString(value), DECIMAL), same, (value) => held(trim(value), DECIMAL), same],
  'date-time': text(MOMENT), 'date-time-offset': text(MOMENT), date: text(/^\d{4}-\d\d-\d\d$/), time: text(/^\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)?$/),
  base64url: [(value) => held(asString(value), /^[A-Za-z0-9_-]*={0,2}$/).replace(/=/g, ''), same, (value) => held(trim(value), /^[A-Za-z0-9_-]*={0,2}$/).replace(/=/g, ''), same], base16: [(value) => asString(value).toLowerCase(), same, (value) => trim(value).toLowerCase(), (value) => value.toUpperCase()],
  uuid: text(/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/), base64: [(value) => base64(asString(value)), same, base64, same],
  duration: [(value) => held(asString(value), /^-?P/), same, (value) => held(trim(value), /^-?P/), same],
  'dotnet-time-span': [(value) => xsdSpan(ticksOf(asString(value), NET_SPAN, [])), (value) => netSpan(ticksOf(value, XSD_SPAN, [])), same, same],
  char: [(value) => (asString(value).length === 1 ? value : refuse(value)), same, same, same], 'char-code': [same, same, (value) => String.fromCharCode(Number(unsigned(16)[2](value))), (value) => String(value.charCodeAt(0))],
  'dotnet-uri': [asString, same, same, uri], value: [same, same, same, (value) => (value instanceof Digits ? value.text : String(value))], null: [same, () => null, () => null, () => ''], };
// --- XML text ---
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescape = (value) => value.replace(/&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));/g, (all, hex, digits, name) => {
  const sign = name ? ENTITIES[name] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(digits));
  return sign !== undefined && /^[\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u.test(sign) ? sign : refuse(all); });
export function parseXml(source) {
  const tokens = /<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gsy;
  const top = { kids: [], scope: { '': '', xml: XMLNS } }, open = [top], input = source.replace(/\r\n?/g, '\n');
  const named = (scope, name, plain) => { const [prefix, local] = name.includes(':') ? name.split(':') : ['', name]; return prefix === '' && plain ? { ns: '', name: local } : { ns: scope[prefix] ?? refuse(name), name: local }; };
  for (let token, end = 0; end < input.length; end = tokens.lastIndex) {
    tokens.lastIndex = end; if (!(token = tokens.exec(input))) refuse(`XML at ${end}`);
    const [, section, closed, name, attributes, empty, characters] = token, parent = open.at(-1);
    if (section !== undefined) { parent.kids.push(section); parent.section = (parent.section ?? '') + section; }
    else if (characters !== undefined) parent.kids.push(unescape(characters));
    else if (closed !== undefined) { if (open.length < 2 || parent.raw !== closed) refuse(closed); open.pop(); }
    else if (name !== undefined) {
      const scope = { ...parent.scope }, pairs = [...attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key, double, single]) => [key, unescape(double ?? single)]);
      for (const [key, value] of pairs) if (key === 'xmlns' || key.startsWith('xmlns:')) scope[key.slice(6)] = value;
      const element = { raw: name, scope, kids: [], ...named(scope, name, false) };
      element.attributes = pairs.filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:')).map(([key, value]) => ({ ...named(scope, key, true), value }));
      parent.kids.push(element); if (!empty) open.push(element); } }
  return open.length === 1 ? top.kids.find((kid) => typeof kid !== 'string') ?? refuse('no root') : refuse('not closed'); }
const attribute = (element, ns, name) => element.attributes.find((pair) => pair.ns === ns && pair.name === name)?.value;
const partsOf = (content) => [...content.items, ...(content.rest ? [content.rest] : [])], elements = (element) => element.kids.filter((kid) => typeof kid !== 'string');
const textOf = (element) => element.kids.filter((kid) => typeof kid === 'string').join('');
const equal = (element, name) => name != null && element.name === name.name && element.ns === (name.namespace ?? '');
const decoded = (name) => (name === '_x_' ? '' : name.replace(/_x([0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})_/g, (all, code) => String.fromCodePoint(parseInt(code, 16))));
const NCNAME = /^[A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}][A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}\-.0-9\xb7\u0300-\u036f\u203f\u2040]*$/u;
const encoded = (name) => {
  const bare = name.replace(/^_(?=x_$)|_(?=x(?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})([^0-9A-Za-z.-]))/gu, (all, next) => (next === undefined || next === '_' || !NCNAME.test('a' + next) ? '_x005F_' : all));
  if (NCNAME.test(bare)) return bare;
  return [...bare].map((sign, index) => (NCNAME.test(index ? 'a' + sign : sign) ? sign : `_x${sign.codePointAt(0).toString(16).toUpperCase().padStart(sign.length > 1 ? 8 : 4, '0')}_`)).join('') || '_x_';
};
// --- the interpreter: a record is {type, members: Map, unknown: [[name, JSON, before]]}, an alternative {member, value} ---
export class Interpreter {
  constructor(ir) { this.ir = ir; this.types = ir.types; this.xml = ir.xml ?? {}; }
  convert(name, from, to, input) {
    const [id, type] = Object.entries(this.types).find(([, type]) => type.name === name) ?? refuse(name);
    this.profile = this.ir.profiles[type.root.profile]; this.records = new Map(); this.ids = new Map();
    const value = from === 'json' ? this.fromJson({ type: id, nullable: true }, parseJson(input)) : this.fromNode(type.root, parseXml(input));
    this.ids = new Map(); this.count = 0;
    return to === 'json' ? jsonText(this.toJson({ type: id }, value)) : this.rootText(type.root, value); }
  forms(use) { const type = this.types[use.type], lexical = use.lexical ?? type.lexical; return [FORMS[lexical.json], FORMS[lexical.xml]]; }
  fromJson(use, json) {
    const type = this.types[use.type]; if (json === null && type.kind !== 'union') return null; if (this.isAny(type)) return { any: null, json };
    if (type.kind === 'scalar' || type.kind === 'enum') return this.forms(use)[0][0](json);
    if (type.kind === 'array') return Array.isArray(json) ? json.map((item, index) => this.fromJson(type.prefix?.[index] ?? type.items, item)) : refuse('an array');
    if (type.kind === 'union') return this.chosen(type, json); if (!(json instanceof Map)) refuse('an object');
    if (type.kind === 'map') return new Map([...json].map(([name, part]) => [name, this.fromJson(type.values, part)]));
    const goal = type.mapping?.[json.get(type.discriminator)];
    return goal !== undefined && goal !== use.type ? this.fromJson({ type: goal }, json) : this.record(use.type, type, json); }
  isAny(type, around = []) { return type.kind === 'union' ? type.members.some((use) => !around.includes(use.type) && this.isAny(this.types[use.type], [...around, use.type])) : type.kind === 'scalar' && (type.base === 'any' || (type.base === 'never' && !around.length)); }
  beyond(type, name, content) { const at = (type.pattern_additional ?? []).findIndex(([pattern]) => new RegExp(pattern, 'u').test(name)); return at < 0 ? (content ?? type).additional : content ? content.patterns[at] : type.pattern_additional[at][1]; }
  record(id, type, json) {
    if (type.reference && json.has(type.reference.ref)) return this.records.get(json.get(type.reference.ref)) ?? refuse('a reference');
    const record = { type: id, members: new Map(), unknown: [] }, names = new Map((type.properties ?? []).map((property) => [property.name, property]));
    if (type.reference) this.records.set(json.get(type.reference.id), record); let before = null;
    for (const [name, part] of json) {
      const property = names.get(name); if (type.reference && name === type.reference.id) continue;
      if (property === undefined) record.unknown.push([name, this.beyond(type, name) ? this.fromJson(this.beyond(type, name), part) : { any: null, json: part }, before]);
      else if (part !== null || property.null === 'value') record.members.set(name, this.fromJson(property.use, part));
      else if (property.null !== 'absent') refuse(`null for ${name}`); before = name; }
    for (const [name, property] of names) if (!record.members.has(name)) { if (property.presence === 'always') refuse(`no ${name}`); if (property.usual !== undefined && !type.reference) record.members.set(name, this.fromJson(property.use, property.usual)); }
    return record; }
  chosen(type, json) {
    if (json === null) return null; if (type.discriminator && json instanceof Map && json.has(type.discriminator)) {
      const goal = type.mapping[json.get(type.discriminator)] ?? refuse('the discriminator');
      return { member: type.members.findIndex((member) => member.type === goal), value: this.fromJson({ type: goal }, json) }; }
    let best = null; for (const rule of type.alternatives) { try {
        const value = this.fromJson(type.members[rule.member], json), listed = !rule.values?.length || rule.open || rule.values.includes(json), fits = (members) => Object.entries(members ?? {}).every(([name, values]) => !(json instanceof Map) || !json.has(name) || values.includes(json.get(name)));
        const left = this.distance(type.members[rule.member], json, 3), last = (rule.open && !rule.values.includes(json)) || !fits(rule.usual), forbidden = rule.closed && value.unknown?.some((part) => part[1].any === null), lost = left + 1e6 * ((last ? 1 : 0) + (forbidden ? 2 : 0));
        if (listed && fits(rule.constants) && (best === null || lost < best.lost)) best = { member: rule.member, value, lost };
      } catch (error) { if (!(error instanceof Refused)) throw error; } } return best === null ? refuse('no alternative') : { member: best.member, value: best.value }; }
  distance(use, json, levels) { // unknown members, and a millionth of those that are not there
    const type = this.types[use.type], names = (type.properties ?? []).filter((property) => property.use.only !== 'xml').map((property) => property.name), inner = (part, held) => (part && levels > 0 ? this.distance(part, held, levels - 1) : 0), sum = (held) => held.slice(0, 8).reduce((total, part, index) => total + inner(type.prefix?.[index] ?? type.items ?? type.values, part), 0);
    if (type.kind === 'union') return Math.min(...type.members.map((part) => inner(part, json))); if (Array.isArray(json)) return type.kind === 'array' ? sum(json) : 1e-3; if (!(json instanceof Map)) return 0; if (type.kind !== 'object') return 1e-3 + sum([...json.values()]);
    return [...json.keys()].filter((name) => !names.includes(name)).length + names.filter((name) => !json.has(name)).length / 1e6; }
  apart(use, value) { const { ids, count } = this; this.ids = new Map(); const json = this.toJson(use, value); Object.assign(this, { ids, count }); return json; } // what is compared counts no objects
  toJson(use, value) {
    const type = this.types[use.type]; if (value === null) return null; if (value.any !== undefined) return this.anyJson(value);
    if (type.kind === 'scalar' || type.kind === 'enum') return this.forms(use)[0][1](value);
    if (type.kind === 'array') return value.map((item, index) => this.toJson(type.prefix?.[index] ?? type.items, item));
    if (type.kind === 'union') return this.toJson(type.members[value.member], value.value);
    if (type.kind === 'map') return new Map([...value].map(([name, part]) => [name, this.toJson(type.values, part)]));
    return this.recordJson(this.types[value.type], value); }
  recordJson(type, record) {
    const result = new Map(), properties = new Map((type.properties ?? []).map((property) => [property.name, property]));
    if (type.reference) {
      if (this.ids.has(record)) return new Map([[type.reference.ref, this.ids.get(record)]]); this.ids.set(record, String(++this.count));
      result.set(type.reference.id, this.ids.get(record)); }
    const weave = (before) => { for (const [name, part, after] of record.unknown) if (after === before) { result.set(name, part.any !== undefined ? this.anyJson(part) : this.toJson(this.beyond(type, name), part)); weave(name); } };
    weave(null); for (const name of type.json_order ?? properties.keys()) {
      const property = properties.get(name), value = record.members.get(name);
      if (property.use.only !== 'xml' && value !== undefined) {
        const json = this.toJson(property.use, value); if (property.presence !== 'zero' || jsonText(json) !== jsonText(this.zero(property))) result.set(name, json); }
      weave(name); } return result; }
  zero(property) { return property.zero === undefined ? null : this.toJson(property.use, this.fromJson(property.use, parseJson(JSON.stringify(property.zero)))); }
  anyJson(value) {
    if (value.json !== undefined) return value.json; if (value.builtin) return value.value === null ? null : FORMS[value.builtin.lexical.json][1](value.value);
    return this.toJson({ type: this.xml[value.any].type }, value.value); }
  // XML to values
  fromNode(node, element) {
    if (attribute(element, XSI, 'nil') !== undefined && FORMS.boolean[2](attribute(element, XSI, 'nil'))) return null;
    return this.fromElement(node, element); }
  named(element) {
    const name = attribute(element, XSI, 'type')?.trim(); if (name === undefined) return null; const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
    return { name: local, ns: element.scope[prefix] }; }
  standIn(ids, element, first) {
    const wanted = this.xml[first].attributes?.some((part) => part.qname) ? null : this.named(element);
    if (wanted === null) return first;
    return ids.find((id) => equal(wanted, this.xml[id].contract)) ?? refuse(wanted.name); }
  fromElement(node, element) {
    const id = node.content, content = this.xml[id]; switch (content.kind) {
      case 'text': return this.scalar(content, textOf(element));
      case 'offset': {
        const [moment, minutes] = ['DateTime', 'OffsetMinutes'].map((name) => textOf(elements(element).find((kid) => kid.name === name && kid.ns === content.inside) ?? refuse(name)));
        return shifted(trim(moment), Number(minutes)); }
      case 'any': return this.anyOf(content, element);
      case 'object': {
        let goal = this.standIn([id, ...(content.derived ?? [])], element, id);
        if (content.discriminator) goal = content.mapping[this.raw(content.discriminator, element)] ?? goal;
        return this.object(goal, element); }
      case 'list': return elements(element).filter((kid) => this.is({ ...content.item, name: content.item.name || element.name }, kid)).map((kid) => this.fromNode(content.item, kid));
      case 'tuple': return this.tuple(content, element);
      case 'map': return new Map(elements(element).map((kid) => [decoded(kid.name), this.fromNode(content.value, kid)]));
      case 'entries': return new Map(elements(element).filter((kid) => equal(kid, content.entry)).map((entry) => {
        const [key, value] = [content.key, content.value].map((part) => elements(entry).find((kid) => this.is(part, kid)) ?? refuse('an entry'));
        return [this.keyText(content, this.fromNode(content.key, key)), this.fromNode(content.value, value)]; }));
      case 'union': return this.alternative(node, content, element); } }
  keyText(content, key) { const { key: name } = this.types[content.type], form = FORMS[name], json = form ? form[1](key) : key; if (name === 'flags') return this.flagsKey(this.types[this.xml[content.key.content].type].members, key); if (name === 'boolean' && this.profile === this.ir.profiles.datacontract) return key ? 'True' : 'False'; if (/^dotnet-(double|float|decimal)$/.test(name)) return key === 0 ? '0' : form[3](key).replace('INF', 'Infinity'); return json instanceof Digits ? json.text : String(this.enumName(content, key) ?? json); }
  flagsKey(members, value) { let left = value; const names = [], whole = members.find((member) => BigInt(member.value) === value), fits = (member) => member.value > 0 && left > 0n && (left & BigInt(member.value)) === BigInt(member.value); for (let next; (next = members.filter(fits).reduce((best, member) => (best && best.value >= member.value ? best : member), null)); left &= ~BigInt(next.value)) names.unshift(next.name); return whole?.name ?? (names.length && !left ? names.join(', ') : String(value)); }
  enumName(content, key) { const type = this.types[this.xml[content.key.content].type]; return type.kind === 'enum' && this.types[content.type].key === 'name' ? type.members.find((member) => BigInt(member.value) === key).name : null; }
  raw(node, element) { return node.qname ? this.named(element)?.name : node.node === 'attribute' ? attribute(element, node.namespace ?? '', node.name) : textOf(elements(element).find((kid) => equal(kid, node)) ?? { kids: [] }); }
  is(node, element) {
    const content = this.xml[node.content]; if (node.node === 'none' && ['list', 'tuple'].includes(content.kind)) return (content.item ? [content.item] : partsOf(content)).some((part) => this.is(part, element));
    if (content.kind === 'union' && content.by_name && content.alternatives.some((part) => this.is({ ...part, node: 'element' }, element))) return true;
    return node.node === 'element' && (equal(element, node) || (node.also_read ?? []).some((name) => equal(element, name))); }
  scalar(content, characters) {
    const type = this.types[content.type]; if (content.lexical === 'name') return BigInt((type.members.find((member) => member.name === trim(characters)) ?? refuse(characters)).value);
    if (content.lexical === 'flags') return trim(characters).split(/\s+/).filter(Boolean).reduce((all, name) => all | BigInt((type.members.find((member) => member.name === name) ?? refuse(name)).value), 0n);
    if (type.kind === 'enum' && content.lexical === 'value') return type.members.find((member) => String(member.value) === characters)?.value ?? characters;
    const value = FORMS[content.lexical][2](characters);
    return content.lexical === 'duration' && type.lexical.json !== 'duration' ? xsdSpan(ticksOf(value, XSD_SPAN, [])) : value; }
  object(id, element) {
    const content = this.xml[id], type = this.types[content.type], record = { type: content.type, members: new Map(), unknown: [] };
    if (content.reference) {
      const ref = attribute(element, content.reference.ref.namespace ?? '', content.reference.ref.name);
      if (ref !== undefined) return this.records.get(ref) ?? refuse(ref);
      this.records.set(attribute(element, content.reference.id.namespace ?? '', content.reference.id.name), record); }
    for (const node of content.attributes ?? []) {
      const value = attribute(element, node.namespace ?? '', node.name); if (value !== undefined) record.members.set(node.property, this.fromElement(node, { kids: [node.qname ? this.named(element).name : value], attributes: [], scope: {} })); }
    const used = new Set(), list = (node) => node.node === 'none' && this.xml[node.content].kind === 'list', fewest = (node) => Number(!list(node) && type.properties?.find(({ name }) => name === node.property)?.presence === 'always'); for (const [index, node] of (content.elements ?? []).entries()) {
      const named = elements(element).filter((kid) => !used.has(kid) && this.is(node, kid)), inner = this.xml[node.content], later = content.elements.slice(index + 1).filter((other) => named.length && this.is(other, named[0])), left = Math.max(0, named.length - later.reduce((sum, other) => sum + fewest(other), 0)), kids = later.length ? named.slice(0, node.node === 'none' ? left : Math.max(fewest(node), Math.min(left, 1))) : named;
      if (node.node === 'none' && inner.kind === 'list') { if (kids.length) record.members.set(node.property, kids.map((kid) => this.fromNode(inner.item, kid))); }
      else if (node.node === 'none' && inner.kind === 'tuple') { if (kids.length) record.members.set(node.property, this.tuple(inner, { ...element, kids })); }
      else if (node.node === 'none' && inner.kind === 'object') record.members.set(node.property, this.object(node.content, element));
      else if (kids.length) record.members.set(node.property, this.fromNode(node, kids[0])); for (const kid of kids) used.add(kid); }
    if (content.text && (textOf(element) !== '' || !elements(element).length)) record.members.set(content.text.property, this.fromElement(content.text, { ...element, kids: [(content.text.node === 'cdata' && element.section) || textOf(element)] }));
    for (const kid of elements(element)) if (!used.has(kid) && this.beyond(type, decoded(kid.name), content)) record.unknown.push([decoded(kid.name), this.fromNode(this.beyond(type, decoded(kid.name), content), kid), record.unknown.at(-1)?.[0] ?? null]);
    for (const property of type.properties ?? []) {
      if (property.null !== 'value' && record.members.get(property.name) === null) property.null ? record.members.delete(property.name) : refuse(property.name); if (record.members.has(property.name) || property.use.only === 'json') continue;
      if (property.presence === 'always' && content.elements?.some((part) => part.property === property.name && part.node === 'none' && (this.xml[part.content].kind === 'list' || this.xml[part.content].fewest === 0))) record.members.set(property.name, []);
      else if (property.presence === 'always') property.null === 'value' ? record.members.set(property.name, null) : refuse(`no ${property.name}`); }
    return record; }
  tuple(content, element) {
    const parts = element.kids.filter((kid) => typeof kid !== 'string' || trim(kid) !== ''), { items, rest, fewest } = content; if (parts.length < (fewest ?? 0) || (!rest && parts.length > items.length)) refuse('the number of items');
    return parts.filter((part, index) => index < items.length || this.is({ ...rest, name: rest.name || element.name }, part)).map((part, index) => {
      const node = items[index] ?? rest; if (typeof part !== 'string' && !this.is({ ...node, name: node.name || element.name }, part)) refuse(part.name);
      return typeof part === 'string' ? this.fromElement(node, { kids: [trim(part)], attributes: [], scope: {} }) : this.fromNode(node, part); }); }
  alternative(node, content, element) {
    const wanted = this.named(element), all = content.alternatives, at = (index) => ({ member: index, value: this.fromElement(all[index], element) });
    const own = content.by_name ? all.findIndex((part) => equal(element, part)) : -1; if (own >= 0) return at(own);
    const typed = wanted === null ? -1 : all.findIndex((part) => equal(wanted, part.contract)); if (typed >= 0) return at(typed);
    const goal = content.discriminator && content.mapping[this.raw(content.discriminator, element)];
    if (goal) return at(all.findIndex((part) => part.content === goal));
    let last = null; for (const rule of this.types[content.type].alternatives) {
      try { const read = at(rule.member), left = this.strange(content.alternatives[rule.member], element), lost = left + 1e6 * (rule.open && !rule.values.some((value) => String(value) === String(read.value)) ? 1 : rule.closed && left ? 2 : 0); if (!lost) return read; if (!last || lost < last.lost) last = { ...read, lost }; } catch (error) { if (!(error instanceof Refused)) throw error; } }
    return last ?? refuse('no alternative'); }
  strange(node, element) { const inner = this.xml[node.content]; return inner.kind !== 'object' || inner.additional || inner.patterns?.length ? 0 : elements(element).filter((kid) => !inner.elements?.some((part) => this.is(part, kid))).length; }
  anyOf(content, element) {
    const wanted = this.named(element); if (wanted !== null) {
      const known = (content.known ?? []).find((id) => equal(wanted, this.xml[id].contract));
      if (known !== undefined) return { any: known, value: this.fromElement({ content: known }, { ...element, attributes: [] }) };
      const builtin = this.profile.builtin.find((builtin) => equal(wanted, builtin.contract)) ?? refuse(wanted.name);
      if (builtin.lexical.xml === 'dotnet-offset') return { any: '', builtin, value: this.fromElement({ content: 'offset' in this.xml ? 'offset' : this.offsetId() }, element) };
      return { any: '', builtin, value: FORMS[builtin.lexical.xml][2](textOf(element)) }; }
    const free = (node) => {
      const result = new Map(node.attributes.map((pair) => ['@' + pair.name, pair.value])); if (!elements(node).length && !result.size) return textOf(node);
      for (const kid of elements(node)) { const inner = free(kid), part = inner === '' ? null : inner; result.set(kid.name, result.has(kid.name) ? [].concat(result.get(kid.name), part) : part); }
      if (!elements(node).length) result.set('#text', textOf(node));
      return result; };
    const json = free({ ...element, attributes: element.attributes.filter((pair) => pair.ns !== XSI) });
    const isText = typeof json === 'string' && this.types[content.type].kind === 'map'; return { any: null, json: isText ? new Map(trim(json) === '' ? [] : [['#text', json]]) : json }; }
  offsetId() { return Object.keys(this.xml).find((id) => this.xml[id].kind === 'offset'); }
  // values to XML
  rootText(root, value) {
    const scope = { depth: 0, default: '', prefixes: [] };
    return this.write(root, value, scope, { isRoot: true, declares: this.xml[root.content].kind !== 'text' }); }
  escape(characters) { return characters.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r\n?|\n/g, this.profile.newline === '\n' ? (end) => end.replace(/\r/g, '&#xD;') : this.profile.newline); }
  quoted(value) { return '"' + value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/[\t\n\r]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`) + '"'; }
  write(node, value, around, { isRoot = false, declares = true, key = null } = {}) {
    if (value !== null && this.xml[node.content].by_name) return this.write(this.xml[node.content].alternatives[value.member], value.value, around, { isRoot, declares });
    const nil = this.profile.nil_prefix, depthly = this.profile.prefixes === 'depth';
    const scope = { depth: around.depth + 1, default: around.default, prefixes: [...around.prefixes] };
    const early = [], attributes = [], late = [], prefixOf = (ns) => scope.prefixes.findLast((prefix) => prefix[1] === ns)?.[0]; let number = 0;
    const declare = (prefix, ns, list) => { scope.prefixes.push([prefix, ns]); list.push(`xmlns:${prefix}=${this.quoted(ns)}`); };
    const inScope = (ns) => ns === scope.default || prefixOf(ns) !== undefined;
    const declareByDepth = (ns) => { if (ns && !inScope(ns)) declare(`d${scope.depth}p${++number}`, ns, early); };
    const nilled = () => { if (prefixOf(XSI) === undefined) declare(nil, XSI, early); return prefixOf(XSI); }; let content = this.xml[node.content];
    const namespace = node.namespace ?? '', name = key ?? node.name; if (isRoot) scope.default = depthly ? namespace : scope.default;
    if (isRoot && declares && this.profile.declares_nil && value !== null) nilled();
    let tag = name; if (namespace !== around.default || isRoot) {
      const known = namespace && !isRoot ? prefixOf(namespace) : undefined; if (known !== undefined) tag = `${known}:${name}`;
      else if (node.prefix && !depthly) { declare(node.prefix, namespace, early); tag = `${node.prefix}:${name}`; }
      else if (namespace !== around.default) { late.push(`xmlns=${this.quoted(namespace)}`); scope.default = namespace; } }
    if (declares && depthly && !(isRoot && value === null)) for (const ns of content.declares ?? []) if (value !== null || ns === content.inside) declareByDepth(ns);
    let body = ''; if (value === null) attributes.push(`${nilled()}:nil="true"`);
    else {
      const typed = (contract) => { const count = early.length; if (depthly) { declareByDepth(contract.namespace); attributes.push(...early.splice(count)); }
        const prefix = contract.namespace === scope.default ? '' : prefixOf(contract.namespace ?? '') ?? (declare('ns1', contract.namespace, early), 'ns1');
        attributes.push(`${nilled()}:type="${prefix ? prefix + ':' : ''}${contract.name}"`); };
      let inner = value, id = node.content;
      if (content.kind === 'union') {
        const choice = content, part = choice.alternatives[value.member]; id = part.content; content = this.xml[id]; inner = value.value;
        if (content.kind === 'text' && part.contract && this.alternative(node, choice, { kids: [this.scalarText(content, inner)], attributes: [], scope: {} }).member !== value.member) typed(part.contract); }
      if (content.kind === 'any') [id, content, inner, body] = this.anyContent(content, inner, scope, typed);
      else if (content.kind === 'object' && inner.type !== content.type) {
        const declared = content; id = content.derived.find((derived) => this.xml[derived].type === inner.type) ?? refuse(inner.type); content = this.xml[id];
        if (!declared.discriminator) typed(content.contract); }
      if (content) body = this.body(content, inner, scope, attributes, (prefix, ns) => { if (prefixOf(ns) === undefined) declare(prefix, ns, late); return prefixOf(ns); }, name); }
    if (value === null && isRoot && depthly) nilled();
    const parts = isRoot && value === null ? [...attributes, ...early, ...late] : [...early, ...attributes, ...(late.length > 1 ? [...late.slice(1), late[0]] : late)];
    const start = [tag, ...parts].join(' ');
    return body === '' && !(content?.kind === 'text' && content.lexical === 'string' && value !== null) && body !== undefined ? `<${start}${this.profile.empty}` : `<${start}>${body ?? ''}</${tag}>`;
  }
  declaring(item, value) { return value !== null && ['list', 'entries'].includes(this.xml[item.content].kind); } // of items, collections alone
  anyContent(content, value, scope, typed) {
    if (value instanceof Map) value = { any: null, json: this.apart({ type: content.type }, value) };
    if (value.any) { typed(this.xml[value.any].contract); return [value.any, this.xml[value.any], value.value, '']; }
    const builtin = value.builtin ?? this.builtinOf(value.json); if (builtin === null) return [null, null, null, this.free(value.json, scope)];
    const plain = value.builtin ? value.value : FORMS[builtin.lexical.json][0](value.json); if (this.profile.prefixes === 'depth') typed(builtin.contract);
    if (builtin.lexical.xml === 'dotnet-offset') { const id = this.offsetId(); return [id, this.xml[id], plain, '']; }
    return [null, { kind: 'text', lexical: builtin.lexical.xml, type: null }, plain, '']; }
  builtinOf(json) {
    const kind = typeof json === 'string' ? ['string'] : typeof json === 'boolean' ? ['boolean'] : json instanceof Digits ? (/[.eE]/.test(json.text) ? ['number'] : ['integer', 'number']) : null;
    if (kind === null) return null; const fits = (builtin) => { try { FORMS[builtin.lexical.json][0](json); return true; } catch { return false; } };
    const rank = this.profile.builtin.filter((builtin) => kind.includes(builtin.json)); return rank.find(fits) ?? refuse('a value'); }
  free(json, scope) {
    if (!(json instanceof Map)) return json === null ? '' : this.escape(json instanceof Digits ? json.text : String(json));
    return [...json].filter(([name]) => !name.startsWith('@')).map(([name, part]) => [].concat(part).map((item) => {
      const attributes = item instanceof Map ? [...item].filter(([key]) => key.startsWith('@')).map(([key, value]) => ` ${key.slice(1)}=${this.quoted(value)}`).join('') : '';
      return name === '#text' ? this.free(item, scope) : `<${name}${attributes}>${this.free(item, scope)}</${name}>`;
    }).join('')).join(''); }
  body(content, value, scope, attributes, prefixFor, name) {
    switch (content.kind) {
      case 'text': return this.escape(this.scalarText(content, value));
      case 'offset': { const [moment, minutes] = unshifted(value), text = (name, part) => this.write({ node: 'element', name, namespace: content.inside, content: '' }, part, scope); this.xml[''] = { kind: 'text', lexical: 'string' }; return text('DateTime', moment) + text('OffsetMinutes', String(minutes)); }
      case 'list': return value.map((item) => this.write(content.item, item, scope, { declares: this.declaring(content.item, item), key: content.item.name || name })).join('');
      case 'tuple': return value.map((item, index) => this.part({ ...(content.items[index] ?? content.rest), name: (content.items[index] ?? content.rest).name || name }, item, scope)).join('');
      case 'map': return [...value].map(([name, part]) => this.write(content.value, part, scope, { key: encoded(name) })).join('');
      case 'entries': {
        this.xml['entry'] = { kind: 'pair' }; return [...value].map(([key, part]) => this.write({ node: 'element', name: content.entry.name, namespace: content.entry.namespace, content: 'entry' }, [content, this.keyValue(content, key), part], scope, { declares: false })).join('');
      }
      case 'pair': return this.write(value[0].key, value[1], scope) + this.write(value[0].value, value[2], scope);
      case 'object': return this.members(content, value, scope, attributes, prefixFor); } }
  keyValue(content, key) { const { members } = this.types[this.xml[content.key.content].type], name = this.types[content.type].key, form = FORMS[name] ?? FORMS.string; const bits = (word) => BigInt(members.find((member) => member.name === word)?.value ?? (name === 'flags' && /^-?\d+$/.test(word) ? word : refuse(word)));
    if (name === 'name' || name === 'flags') return key.split(name === 'flags' ? / *, */ : /$^/).reduce((all, word) => all | bits(word), 0n);
    return name === 'boolean' ? form[2](key.toLowerCase()) : form[/int|double|float|^(dotnet-)?decimal/.test(name) ? 2 : 0](key); }
  part(node, value, scope) {
    if (node.node !== 'text' && node.node !== 'cdata') return this.write(node, value, scope); const characters = this.scalarText(this.xml[node.content], value);
    return node.node === 'text' ? this.escape(characters) : `<![CDATA[${characters.replace(/\]\]>/g, ']]]]><![CDATA[>')}]]>`; }
  scalarText(content, value) {
    if (content.kind === 'union') return this.scalarText(this.xml[content.alternatives[value.member].content], value.value); const type = this.types[content.type]; if (content.lexical === 'name') return (type.members.find((member) => BigInt(member.value) === value) ?? refuse(String(value))).name;
    if (content.lexical === 'flags') {
      const whole = type.members.find((member) => BigInt(member.value) === value), names = []; if (whole || value === 0n) return whole?.name ?? '';
      for (const { value: bits, name } of type.members) if (bits && (value & BigInt(bits)) === BigInt(bits)) { names.push(name); value &= ~BigInt(bits); }
      return value ? refuse('no names') : names.join(' '); }
    return FORMS[content.lexical][3](value); }
  members(content, record, scope, attributes, prefixFor) {
    const type = this.types[content.type], properties = new Map((type.properties ?? []).map((property) => [property.name, property]));
    const named = (part, prefix) => (part.namespace ? `${prefixFor(prefix ?? 'ns1', part.namespace)}:${part.name}` : part.name);
    if (content.reference) {
      const { id, ref, prefix } = content.reference, known = this.ids.get(record);
      if (known) { attributes.splice(0, Infinity, `${named(ref, prefix)}="${known}"`); return ''; }
      this.ids.set(record, `i${++this.count}`); attributes.unshift(`${named(id, prefix)}="${this.ids.get(record)}"`); }
    for (const node of content.attributes ?? []) {
      const value = record.members.get(node.property); if (value !== undefined && value !== null) {
        const kind = node.qname && content.inside && content.inside !== scope.default ? `${prefixFor('ns1', content.inside)}:` : '';
        attributes.push(`${named(node, node.prefix)}=${this.quoted(kind + this.scalarText(this.xml[node.content], value))}`); } }
    let body = content.text && record.members.get(content.text.property) != null ? this.part(content.text, record.members.get(content.text.property), scope) : '';
    for (const node of content.elements ?? []) {
      const inner = this.xml[node.content], value = record.members.has(node.property) || node.omit ? record.members.get(node.property) : null; if (value === undefined || (value === null && !node.nil)) continue;
      if (node.omit === 'zero' && jsonText(this.apart(properties.get(node.property).use, value)) === jsonText(this.zero(properties.get(node.property)))) continue;
      if (node.node === 'none' && value !== null) body += inner.kind === 'list' ? value.map((item) => this.write(inner.item, item, scope, { declares: this.declaring(inner.item, item) })).join('') : this.body(inner, value, scope, attributes, prefixFor);
      else body += this.write(node, value, scope); }
    for (const [name, part] of record.unknown) if (this.beyond(type, name, content)) body += this.write(this.beyond(type, name, content), part, scope, { key: encoded(name) });
    return body; } }
const two = (value) => String(value).padStart(2, '0'); function shifted(moment, minutes) { // a UTC instant and an offset as a local time with its offset
  const [, head, fraction] = /^(.{19})(\.\d+)?Z$/.exec(moment) ?? refuse(moment), local = new Date(Date.parse(head + 'Z') + minutes * 60000);
  const zone = Math.abs(minutes), year = (value) => value.toISOString().slice(0, 19);
  return `${year(local)}${fraction ?? ''}${minutes < 0 ? '-' : '+'}${two(Math.floor(zone / 60))}:${two(zone % 60)}`; }
function unshifted(text) {
  const [, head, fraction, zone] = /^(.{19})(\.\d+)?(Z|[-+]\d\d:\d\d)$/.exec(text) ?? refuse(text);
  const minutes = zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  return [new Date(Date.parse(head + 'Z') - minutes * 60000).toISOString().slice(0, 19) + (fraction ?? '') + 'Z', minutes]; }
export { Refused };
