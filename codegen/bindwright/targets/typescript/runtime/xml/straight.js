import { actual, kept } from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { isAnyText, isScalar } from '../core/parse.js';
import { finish, pieceOf, putDigits, putPiece, putText, replaceStart, room } from './octets.js';
import { planOf } from './plan.js';
/** Takes the members of objects of one type. */
class Members {
    names;
    /** The members of the last object in its order, and their positions: the next one has the same nearly always. */
    last = [];
    positions = [];
    constructor(names) {
        this.names = names;
    }
    /** The members by their positions. Engines go through an object in less than half the time that it takes to look up each name. */
    of(fields) {
        const { names, last, positions } = this;
        if (Object.getPrototypeOf(fields) !== Object.prototype)
            return names.map((name) => fields[name]);
        const parts = new Array(names.length);
        let index = 0;
        for (const name in fields) {
            if (last[index] !== name) {
                last[index] = name;
                positions[index] = names.indexOf(name);
            }
            const position = positions[index++];
            if (position >= 0)
                parts[position] = fields[name];
        }
        return parts;
    }
}
/** Thrown where a value has what only the long way writes, or refuses with its place. */
const detour = Symbol('the long way');
const nothing = /* @__PURE__ */ pieceOf('');
/** Whether a document that is being written has null in it. */
let hasNil = false;
/** Makes the writers of documents that have one namespace and no attributes: nearly all. Others have none. */
export class Straight {
    setting;
    /** What is within each codec; types may contain themselves. */
    known = new Map();
    constructor(setting) {
        this.setting = setting;
    }
    body(codec) {
        const { facts, kind, item, members } = codec;
        if (kind !== undefined || facts?.features !== undefined || codec.beyond?.further !== undefined)
            return undefined;
        if (isScalar(codec))
            return this.scalar(codec);
        if (!this.known.has(codec)) {
            const { inside } = planOf(codec);
            this.known.set(codec, (value, at) => (this.known.get(codec) ?? lost)(value, at));
            // .NET declares the namespace of what is within on the element around.
            const isHome = (facts?.declares ?? [inside]).every((namespace) => namespace === '' || namespace === this.setting.space);
            this.known.set(codec, !isHome ? undefined : members !== undefined ? this.object(codec) : item && this.list(codec));
        }
        return this.known.get(codec);
    }
    scalar({ print }) {
        const { newline } = this.setting;
        return (print &&
            ((value, at) => {
                const text = print(value);
                return putText(room(at, text.length * 5), text, at, newline);
            }));
    }
    step(place, name, before, beforeOctets) {
        const write = place.bare || (place.namespace === this.setting.space && name !== '') ? this.body(place.codec) : undefined;
        // The members of a bare object stand among the others: a list alone is written so.
        if (write === undefined || place.cdata || (place.bare && planOf(place.codec).item === undefined))
            return undefined;
        const [start, close] = place.bare ? ['', ''] : [`<${name}>`, `</${name}>`];
        const { codec } = place;
        const { low, wide, plain, print } = codec;
        return {
            name, start: pieceOf(start), end: pieceOf(close), close, before: beforeOctets, joint: pieceOf(before + start), write, print: isScalar(codec) ? print : undefined,
            isText: isAnyText(codec), pattern: codec.parse === undefined ? codec.pattern : undefined, isNumber: low === -2147483648, isWide: wide === true, isPlain: plain === true, isBare: place.bare === true, isOptional: false, isNil: place.nil,
        };
    }
    list(codec) {
        const { item } = planOf(codec);
        const step = item === undefined || item.bare ? undefined : this.step(item, item.name, '', nothing);
        if (step === undefined)
            return undefined;
        const { start, end, write, isPlain } = step;
        const { empty } = this.setting;
        const more = start.length + end.length + empty.length;
        return (value, begin) => {
            if (!Array.isArray(value) || value[kept] !== undefined)
                throw detour;
            let at = begin;
            for (let index = 0; index < value.length; index++) {
                const part = value[index];
                if (part === undefined || part === null)
                    throw detour;
                const before = putPiece(room(at, more), start, at);
                at = write(part, before);
                at = at > before || isPlain ? put(end, at) : put(empty, before - 1);
            }
            return at;
        };
    }
    object({ members = [], ...codec }) {
        const steps = [];
        let [close, end] = ['', nothing];
        for (const place of planOf({ members, ...codec }).places) {
            const member = members.find((candidate) => candidate.name === place.of);
            const step = member?.zero === undefined ? this.step(place, place.name, close, end) : undefined;
            if (member === undefined || step === undefined || place.of in Object.prototype)
                return undefined;
            steps.push({ ...step, name: place.of, isOptional: member.optional === true });
            [close, end] = [step.close, step.end];
        }
        const { setting } = this;
        // Tags, and numbers of 17 digits.
        const more = steps.reduce((sum, { joint, end }) => sum + joint.length + end.length + setting.nil.length + setting.empty.length + 17, 0);
        const names = new Members(steps.map(({ name }) => name));
        const { complete } = codec;
        return (value, at) => writeObject(steps, names, complete !== undefined && typeof value === 'object' && value !== null ? complete(value) : value, setting, at, more);
    }
}
/** Whether a text is a moment before the 29th, which every month has. */
function isEarlyMoment(text, pattern) {
    return pattern !== undefined && text.charCodeAt(8) * 10 + text.charCodeAt(9) < 557 && pattern.test(text);
}
function lost() {
    throw detour;
}
/** Writes a tag. */
function put(part, at) {
    return putPiece(room(at, part.length), part, at);
}
function writeObject(steps, names, value, { nil, empty, isNet, newline }, begin, more) {
    const fields = value;
    if (typeof value !== 'object' || value === null || fields[kept] !== undefined || fields[actual] !== undefined)
        throw detour;
    const parts = names.of(fields);
    let target = room(begin, more);
    let at = begin;
    /** The end tag of the element before, which is not written yet. */
    let end = nothing;
    for (let index = 0; index < steps.length; index++) {
        const step = steps[index];
        const part = parts[index];
        const isThere = part !== undefined && part !== null;
        if (!isThere && !(step.isNil && (part === null || isNet))) {
            if (part === undefined && !step.isOptional)
                throw detour;
            continue;
        }
        let { joint } = step;
        if (end !== step.before) {
            at = putPiece(target, end, at);
            joint = step.start;
        }
        at = putPiece(target, joint, at);
        end = step.end;
        const before = at;
        if (isThere) {
            const number = step.isNumber ? part : step.isWide && typeof part === 'bigint' ? Number(part) : -1;
            if (step.isNumber ? number >> 0 === number : number >= 0 && number <= 9007199254740991) {
                at = putDigits(target, number, at);
                continue;
            }
            if (step.print !== undefined) {
                const text = typeof part === 'string' && (step.isText || isEarlyMoment(part, step.pattern)) ? part : step.print(part);
                at = putText(room(at, text.length * 5 + more), text, at, newline);
            }
            else
                at = step.write(part, at);
            target = room(at, more);
            if (at > before || step.isPlain || step.isBare)
                continue;
        }
        else
            hasNil = true;
        // In place of the end of the start tag.
        const last = isThere ? empty : nil;
        at = putPiece(target, last, before - 1);
        end = nothing;
    }
    return putPiece(target, end, at);
}
/** The document of a value; undefined where it has to be written the long way. */
export function straightly(body, value, { heads: [plain, withNil], tail, empty }) {
    hasNil = false;
    try {
        const before = put(plain, 0);
        let at = body(value, before);
        at = at > before ? put(tail, at) : put(empty, before - 1);
        return finish(hasNil && withNil.length > plain.length ? replaceStart(plain, withNil, at) : at);
    }
    catch (error) {
        if (error === detour || error instanceof DataError)
            return undefined;
        throw error;
    }
}
