export const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
export function isElement(child) {
    return typeof child !== 'string';
}
export function attributeOf(element, namespace, name) {
    return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value;
}
/** The text of an element without the elements in it. */
export function textWithin(element) {
    const { children } = element;
    if (children.length === 1 && typeof children[0] === 'string')
        return children[0];
    return children.filter((child) => typeof child === 'string').join('');
}
/** The expanded name of a QName in content. */
export function qualified(element, text) {
    const [prefix, name] = text.includes(':') ? text.trim().split(':', 2) : ['', text.trim()];
    const namespace = element.scope.get(prefix ?? '') ?? (prefix === '' ? '' : undefined);
    return namespace === undefined || name === undefined ? undefined : [namespace, name];
}
