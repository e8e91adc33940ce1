import { actual, kept } from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { isScalar } from '../core/parse.js';
import { escapeText } from './escape.js';
import { planOf } from './plan.js';
/** Thrown where a value has what only the long way writes, or refuses with its place. */
const detour = Symbol('the long way');
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
            this.known.set(codec, (value) => (this.known.get(codec) ?? lost)(value));
            // .NET declares the namespace of what is within on the element around.
            const isHome = (facts?.declares ?? [inside]).every((namespace) => namespace === '' || namespace === this.setting.space);
            this.known.set(codec, !isHome ? undefined : members !== undefined ? this.object(codec) : item && this.list(codec));
        }
        return this.known.get(codec);
    }
    scalar({ print, pattern, low }) {
        const { newline } = this.setting;
        if (print === undefined)
            return undefined;
        // What matches a pattern has no markup in it, nor have integers.
        return pattern !== undefined || low !== undefined ? print : (value) => escapeText(print(value), newline);
    }
    step(place, name, before) {
        const write = place.bare || (place.namespace === this.setting.space && name !== '') ? this.body(place.codec) : undefined;
        // The members of a bare object stand among the others: a list alone is written so.
        if (write === undefined || place.cdata || (place.bare && planOf(place.codec).item === undefined))
            return undefined;
        const [start, end] = place.bare ? ['', ''] : [`<${name}>`, `</${name}>`];
        const { low, plain } = place.codec;
        return { name, start, end, before, joint: before + start, write, isNumber: low === -2147483648, isPlain: plain === true, isBare: place.bare === true, isOptional: false, isNil: place.nil };
    }
    list(codec) {
        const { item } = planOf(codec);
        const step = item === undefined || item.bare ? undefined : this.step(item, item.name, '');
        if (step === undefined)
            return undefined;
        const { start, end, name, write, isPlain } = step;
        const empty = `<${name}${this.setting.empty}`;
        return (value) => {
            if (!Array.isArray(value) || value[kept] !== undefined)
                throw detour;
            let text = '';
            for (let index = 0; index < value.length; index++) {
                const part = value[index];
                if (part === undefined || part === null)
                    throw detour;
                const written = write(part);
                text += written !== '' || isPlain ? start + written + end : empty;
            }
            return text;
        };
    }
    object({ members = [], ...codec }) {
        const steps = [];
        for (const place of planOf({ members, ...codec }).places) {
            const member = members.find((one) => one.name === place.of);
            const step = member?.zero === undefined ? this.step(place, place.name, steps.at(-1)?.end ?? '') : undefined;
            if (member === undefined || step === undefined || place.of in Object.prototype)
                return undefined;
            steps.push({ ...step, name: place.of, isOptional: member.optional === true });
        }
        const { setting } = this;
        return (value) => writeObject(steps, value, setting);
    }
}
function lost() {
    throw detour;
}
function writeObject(steps, value, { nil, empty, isNet }) {
    const fields = value;
    if (typeof value !== 'object' || value === null || fields[kept] !== undefined || fields[actual] !== undefined)
        throw detour;
    let text = '';
    /** The end tag of the element before, which is not written yet. */
    let end = '';
    for (let index = 0; index < steps.length; index++) {
        const step = steps[index];
        const part = fields[step.name];
        if (part !== undefined && part !== null) {
            const written = step.isNumber && part >> 0 === part ? `${part}` : step.write(part);
            if (written !== '' || step.isPlain || step.isBare) {
                text += end === step.before ? step.joint + written : end + step.start + written;
                end = step.end;
                continue;
            }
            text += `${end}<${step.start.slice(1, -1)}${empty}`;
            end = '';
        }
        else if (step.isNil && (part === null || isNet)) {
            hasNil = true;
            text += `${end}${step.start.slice(0, -1)}${nil}`;
            end = '';
        }
        else if (part === undefined && !step.isOptional)
            throw detour;
    }
    return text + end;
}
/** The content of a value, and whether it has null in it; undefined where it has to be written the long way. */
export function straightly(body, value) {
    hasNil = false;
    try {
        const text = body(value);
        return { text, hasNil };
    }
    catch (error) {
        if (error === detour || error instanceof DataError)
            return undefined;
        throw error;
    }
}
