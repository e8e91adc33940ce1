import { trimmed } from '../core/parse.js';
import { reading as state } from '../core/reading.js';
export const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
export function isElement(child) {
    return typeof child !== 'string';
}
/** Whether a namespace is the one that is expected. */
export function isSpace(expected, namespace) {
    return expected === namespace || (state.tolerant && !(expected && namespace));
}
export function attributeOf(element, namespace, name) {
    return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value;
}
/** Of an element, what stands at a place that gathers several. */
export function gathered(around, { names }) {
    const isOurs = (node) => isElement(node) && names.some(([namespace, name]) => name === node.name && isSpace(namespace, node.namespace));
    return { ...around, attributes: [], children: around.children.filter(isOurs) };
}
/** The text of an element without the elements in it. */
export function textWithin(element) {
    return element.children.filter((child) => typeof child === 'string').join('');
}
/** The expanded name of a QName in content. */
export function qualified(element, text) {
    const [name = '', prefix = ''] = trimmed(text).split(':').reverse();
    const namespace = element.scope.get(prefix);
    return namespace === undefined ? undefined : [namespace, name];
}
