/** NCName (Namespaces in XML 1.0, 3; XML 1.0 fifth edition, 2.3): not the same as the letters of Unicode. */
const name = /^[A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}][A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}\-.0-9\xb7\u0300-\u036f\u203f\u2040]*$/u;
/** Whether a text is a name without a prefix. */
export function isName(text) {
    return name.test(text);
}
function encoded(character) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `_x${code.padStart(character.length > 1 ? 8 : 4, '0')}_`;
}
/** A name of XML for any text, as XmlConvert.EncodeLocalName makes it. */
export function encodeName(text) {
    if (text === '')
        return '_x_';
    if (text === '_x_')
        return '_x005F_x_';
    // An escape begins with `_`, too: what stands before a character that has one may look like an escape with it.
    const bare = text.replace(/_(?=x(?:[\dA-Fa-f]{4}|[\dA-Fa-f]{8})([^\dA-Za-z.-]))/gu, (all, next) => (next === '_' || !name.test(`a${next}`) ? '_x005F_' : all));
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
