const name = /^[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*$/u;
function encoded(character) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `_x${code.padStart(character.length > 1 ? 8 : 4, '0')}_`;
}
/** A name of XML for any text, as XmlConvert.EncodeLocalName makes it. */
export function encodeName(text) {
    if (text === '')
        return '_x_';
    const bare = text.replace(/_(?=x([\dA-Fa-f]{4}|[\dA-Fa-f]{8})_)/g, '_x005F_');
    if (name.test(bare))
        return bare;
    return [...bare].map((character, index) => (name.test(index > 0 ? `a${character}` : character) ? character : encoded(character))).join('');
}
/** The text that a name stands for. */
export function decodeName(text) {
    if (text === '_x_')
        return '';
    return text.replace(/_x([\dA-Fa-f]{8}|[\dA-Fa-f]{4})_/g, (all, digits) => (parseInt(digits, 16) <= 0x10ffff ? String.fromCodePoint(parseInt(digits, 16)) : all));
}
