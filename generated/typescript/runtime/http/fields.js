import { own, put } from '../core/codec.js';
import { refused, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { readText } from '../json/json.js';
/** Adds what stands in a form by a name. */
export function gathered(form, name, field) {
    const fields = form.get(name);
    if (fields === undefined)
        form.set(name, [field]);
    else
        fields.push(field);
}
/** The codec of an object: of alternatives and of derived types that which the texts of a form tell. */
function objectOf(codec, texts) {
    const [target] = resolved(codec);
    const other = (target.told ?? target.beyond?.told)?.(texts);
    return other === undefined || resolved(other)[0] === target ? target : objectOf(other, texts);
}
/** The codec of a member; where nothing tells which alternative an object is, of the first that has it. */
function memberOf(codec, name) {
    const [{ members, item, beyond, told, parts = [] }] = resolved(codec);
    const member = members?.find((candidate) => candidate.name === name)?.codec ?? item ?? beyond?.further?.(name);
    return member ?? (told && parts.map((part) => memberOf(part, name)).find((part) => part !== undefined));
}
/** What the item at a position of a list or a tuple is; undefined: it is neither. A map has an `item`, too, and writes itself. */
function itemOf(codec, index) {
    const [{ write, item, parts, told }] = resolved(codec);
    if (told !== undefined)
        return parts?.map((part) => itemOf(part, index)).find((part) => part !== undefined);
    return write === undefined ? item : parts && (parts[index] ?? item);
}
/** Whether a codec is that of lists alone. */
function isListed(codec) {
    const [{ told, parts }] = resolved(codec);
    return told === undefined ? itemOf(codec, 0) !== undefined : parts?.every(isListed) === true;
}
/** Reads an answer that is a form, by the types of its members: as the JSON that it stands for. A name that stands several times is a list. */
export function readFields(codec, form) {
    // Files are not made texts: only what tells a type is asked for.
    const texts = Object.defineProperties({}, Object.fromEntries([...form].map(([name, fields]) => [name, { get: () => fields.at(-1)?.text() }])));
    const target = objectOf(codec, texts);
    const others = [];
    const members = [...form].map(([name, fields]) => {
        try {
            const member = memberOf(target, name) ?? {};
            // One JSON text may hold all items; one text of several alternatives may be no list.
            const isList = fields.length > 1 || (isListed(member) && fields[0]?.isList?.() !== true);
            const all = fields.map((field, index) => field.value(isList ? (itemOf(member, index) ?? member) : member));
            if (all.some(([, value]) => value !== undefined))
                others.push({ name, values: all.map(([, value]) => value), isList });
            const json = all.map(([text]) => text).join();
            return `${JSON.stringify(name)}:${isList ? `[${json}]` : json}`;
        }
        catch (error) {
            throw within(refused(error), name);
        }
    });
    const value = readText(codec, `{${members.join()}}`);
    // What is more than JSON takes the place of it.
    for (const { name, values, isList } of others) {
        const member = own(value, name);
        if (isList && Array.isArray(member))
            values.forEach((item, index) => item === undefined || (member[index] = item));
        else if (member !== undefined)
            put(value, name, values[0]);
    }
    return value;
}
