import { isBlank } from '../core/parse.js';
import { put } from '../core/codec.js';
import { isElement, textWithin, xsi } from './model.js';
/** Children by name (an empty one is null), attributes as `@name`, text beside them as `#text`, repeated children as a list. */
export function freeOf(element) {
    const attributes = element.attributes.filter((attribute) => attribute.namespace !== xsi);
    const elements = element.children.filter(isElement);
    if (elements.length === 0 && attributes.length === 0)
        return textWithin(element);
    const result = {};
    for (const attribute of attributes)
        put(result, `@${attribute.name}`, attribute.value);
    for (const child of elements) {
        const before = Object.hasOwn(result, child.name) ? result[child.name] : undefined;
        const content = freeOf(child);
        const part = content === '' ? null : content;
        put(result, child.name, before === undefined ? part : Array.isArray(before) ? [...before, part] : [before, part]);
    }
    const text = textWithin(element);
    if (elements.length === 0 ? text !== '' : !isBlank(text))
        put(result, '#text', text);
    return result;
}
