import { resolved } from '../core/members.js';
import { fromJson } from '../json/json.js';
import { textOf } from './charset.js';
/** Whether values are texts in JSON, too: those of a codec that nobody knows are. */
function isText(codec) {
    const [{ read, quoted, parts }] = resolved(codec);
    return read === undefined || quoted === true || (parts?.every(isText) ?? false);
}
/** The JSON that a text stands for; what is none is a text after all. */
function jsonOf(codec, text) {
    try {
        if (!isText(codec))
            return JSON.parse(text) === undefined ? '' : text;
    }
    catch {
        // As below.
    }
    return JSON.stringify(text);
}
/** An answer that is a form: the pairs are the JSON that they stand for, by the types of the members. A name that stands several times is a list. */
// @__NO_SIDE_EFFECTS__
export function pairs(codec, mediaType) {
    return {
        form: 'own',
        mediaType,
        read: async (response) => {
            const [{ members, item: further, beyond }] = resolved(codec);
            const values = new URLSearchParams(await textOf(response));
            const texts = [...new Set(values.keys())].map((name) => {
                const [member] = resolved(members?.find((candidate) => candidate.name === name)?.codec ?? further ?? beyond?.further?.(name) ?? {});
                // A map has `item`, too, and writes itself.
                const item = member.write === undefined ? member.item : undefined;
                const all = values.getAll(name).map((text) => jsonOf(item ?? member, text));
                return `${JSON.stringify(name)}:${item !== undefined || all.length > 1 ? `[${all.join()}]` : all.join()}`;
            });
            return fromJson(codec, `{${texts.join()}}`);
        },
    };
}
