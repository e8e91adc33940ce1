/** What XML Schema takes away around a value; `trim` alone would take more. */
export function trimmed(text) {
    const bare = text.trim();
    return bare === text || /[^ \t\r\n]/.test(text.replace(bare, '')) ? text : bare;
}
/** Whether a text is white space as XML has it. */
export const isBlank = (text) => !/[^ \t\r\n]/.test(text);
/** Whether a codec is that of a scalar: it has a text. */
export function isScalar({ print, parse }) {
    return print ?? parse;
}
/** Whether a codec is that of any text: what is read is what is written. */
export function isAnyText({ plain, parse, facts }) {
    return plain === true && parse === undefined && facts === undefined;
}
/** The value of the text of an element, an attribute or a header. */
export function parseText(codec, text) {
    const { plain, raw, parse, quoted, read } = codec;
    const word = plain || raw ? text : trimmed(text);
    // A number has digits alone: others have a `parse` of their own.
    return parse ? parse(word) : read?.(quoted ? word : /^[-+]?\d+$/.test(word) ? +word : NaN, codec);
}
