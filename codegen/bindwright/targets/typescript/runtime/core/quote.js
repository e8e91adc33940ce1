import { namesOf } from './codec.js';
import { Digits } from './exact.js';
/** A string of JSON. */
export function quote(text) {
    return /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}
/** The text of a free JSON value. */
export function writeFree(json) {
    if (typeof json === 'string')
        return quote(json);
    if (json === null || typeof json !== 'object' || json instanceof Digits)
        return String(json);
    if (Array.isArray(json))
        return `[${json.map(writeFree).join(',')}]`;
    return `{${namesOf(json).map((name) => `${quote(name)}:${writeFree(json[name])}`).join(',')}}`;
}
