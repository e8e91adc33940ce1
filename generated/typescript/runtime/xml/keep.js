import { fail } from '../core/errors.js';
import { kept } from '../core/codec.js';
import { attributeOf, isElement, qualified, xsi } from './model.js';
import { planOf, typeOf } from './plan.js';
/** What stands behind so many elements of a place is so many steps behind it in `UnknownElements`. */
export const itemStep = 2 ** -31;
/** Attributes that mean something to every reader. */
function isControl({ namespace, name }) {
    return namespace === xsi && (name === 'nil' || name === 'type');
}
/** Refuses a type that is not the codec's, where nothing else reads the attribute. */
function checkType(codec, element) {
    const text = codec.members && attributeOf(element, xsi, 'type');
    if (text === undefined || codec.facts?.features?.some((feature) => feature.owns?.([xsi, 'type'])))
        return;
    const [namespace, name] = qualified(element, text) ?? [];
    const type = typeOf(codec);
    if (!type || type[0] !== namespace || type[1] !== name)
        fail(`no type ${text}`);
}
/** Keeps unknown content with a value; one without any is left alone. */
export function keepContent(value, codec, element) {
    const children = element.children.filter(isElement);
    // Nearly all elements have nothing of this.
    const { features } = codec.facts ?? {};
    // A text among elements is a member: where its pieces stand is none.
    const isMixed = children.length > 0 && element.children.some((child, index) => index > 0 && !isElement(child)) && features?.some((feature) => feature.text) === true;
    if (!isMixed && element.attributes.length === 0 && children.every((child) => child.of !== undefined && child.attributes.length === 0))
        return;
    checkType(codec, element);
    const attributes = element.attributes.filter((attribute) => !isControl(attribute) && !features?.some((feature) => feature.owns?.([attribute.namespace, attribute.name])));
    const elements = [];
    const within = Object.create(null);
    let after = -1;
    const { places } = planOf(codec);
    /** How many elements of a member there were: the items of a list without an element of its own. */
    const counts = new Map();
    const texts = [];
    for (const child of element.children) {
        if (!isElement(child)) {
            texts.push([after, elements.length, child]);
            continue;
        }
        const { of } = child;
        if (of === undefined)
            elements.push([after, child]);
        if (of === undefined || of === null)
            continue;
        const place = Array.isArray(value) ? undefined : places.find((candidate) => candidate.of === of);
        if (place !== undefined)
            counts.set(of, (counts.get(of) ?? 0) + 1);
        after = Array.isArray(value) ? after + 1 : place === undefined ? after : place.index + (counts.get(of) ?? 0) * itemStep;
        const others = child.attributes.length > 0 && !Array.isArray(value) ? child.attributes.filter((attribute) => !isControl(attribute)) : [];
        const part = others.length > 0 ? value[of] : value;
        if (typeof part !== 'object' || part === null)
            within[of] = others;
    }
    if (isMixed || attributes.length + elements.length > 0 || Object.keys(within).length > 0)
        value[kept] = { xml: { attributes, elements, within, ...(isMixed ? { texts } : {}) } };
}
