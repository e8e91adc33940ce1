import { actual, namesOf, own } from '../core/codec.js';
import { DataError, fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { writeJson } from '../json/write.js';
/** The codec that writes an object: of alternatives and of derived types that which the value says or fits. */
export function writerOf(codec, value) {
    const [target] = resolved(codec);
    let other = (target.told ?? target.beyond?.told)?.(value) ?? value[actual];
    try {
        other ??= target.fits?.(value, writeJson);
    }
    catch (error) {
        // JSON has no files: the value is written as it is.
        if (!(error instanceof DataError))
            throw error;
    }
    return other === undefined || resolved(other)[0] === target ? target : writerOf(other, value);
}
/** The text of a scalar: of a union that of the alternative that has one. */
export function printed(codec, value) {
    const [target] = resolved(codec);
    if (target.print !== undefined)
        return target.print(value);
    for (const part of target.parts ?? []) {
        try {
            return printed(part, value);
        }
        catch (error) {
            if (!(error instanceof DataError))
                throw error;
        }
    }
    return typeof value === 'object' ? fail('expected a scalar') : String(value);
}
/** Whether the parts are named. */
export function isNamed(texts) {
    return typeof texts !== 'string' && Array.isArray(texts[0]);
}
/** The texts of a value; null and what is not there is left out. */
export function textsOf(codec, value) {
    const [whole] = resolved(codec);
    if (typeof value !== 'object' || value === null || whole.print !== undefined)
        return printed(whole, value);
    const target = writerOf(whole, value);
    if (target.print !== undefined)
        return printed(target, value);
    const fields = value;
    const there = (part) => part !== null && part !== undefined;
    if (Array.isArray(value))
        return value.filter(there).map((item, index) => printed(target.item ?? target.parts?.[index] ?? target, item));
    const names = namesOf(fields).filter((name) => there(own(fields, name)));
    return names.map((name) => {
        const codecOfName = target.members?.find((member) => member.name === name)?.codec ?? target.item ?? target.beyond?.further?.(name) ?? {};
        return [name, [textsOf(codecOfName, own(fields, name))].flat().join(',')];
    });
}
