import { resolved } from '../core/members.js';
import { textOf } from './charset.js';
import { gathered, readFields } from './fields.js';
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
            const form = new Map();
            for (const [name, text] of new URLSearchParams(await textOf(response)))
                gathered(form, name, { text: () => text, value: (member) => [jsonOf(member, text)] });
            return readFields(codec, form);
        },
    };
}
