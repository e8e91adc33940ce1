import { fail, within } from '../core/errors.js';
/** Reads a JSON value by a codec. */
export function readJson(codec, json) {
    return codec.read?.(json, codec);
}
/** Whether a JSON value is an object; numbers with a spelling are `Number`s. */
export function isObject(json) {
    return !!json && Object.getPrototypeOf(json) === Object.prototype;
}
/** Reads a member of an object; what is wrong with it is told with its name. Undefined: it is absent. */
export function readMember({ name, codec, read, optional }, json) {
    try {
        return json === undefined && !optional ? fail('missing') : read?.(json, codec);
    }
    catch (error) {
        throw within(error, name);
    }
}
