import { put } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { fromJson } from '../json/json.js';
/** A header that is a JSON text. */
// @__NO_SIDE_EFFECTS__
export function inJson(codec) {
    return { parse: (text) => fromJson(codec, text) };
}
/** The value of a header (OpenAPI 3.1.1, 4.8.21: the style is `simple`). */
function valueOf(codec, text) {
    const [target] = resolved(codec);
    if (isScalar(target))
        return parseText(target, text);
    const { item } = target;
    if (item !== undefined)
        return text === '' ? [] : text.split(',').map((part) => valueOf(item, part.trim()));
    return target.parts === undefined ? text : firstOf(target.parts, text);
}
/** What the first alternative that has the text makes of it. */
function firstOf(codecs, text) {
    for (const codec of codecs) {
        try {
            return valueOf(codec, text);
        }
        catch {
            // The next one may have it.
        }
    }
    return fail('no alternative of the union fits');
}
/** The headers of one answer, as the document describes them. */
// @__NO_SIDE_EFFECTS__
export function headers(members) {
    return (response) => {
        const result = {};
        for (const [name, member] of Object.entries(members)) {
            const text = response.headers.get(name);
            if (text === null && !('optional' in member))
                fail(`no header ${name}`);
            try {
                if (text !== null)
                    put(result, name, valueOf('codec' in member ? member.codec : member, text));
            }
            catch (error) {
                throw within(error, name);
            }
        }
        return result;
    };
}
