import { kept } from '../core/codec.js';
import { xsi } from './model.js';
/** Attributes that mean something to every reader. */
function isControl({ namespace, name }) {
    return namespace === xsi && (name === 'nil' || name === 'type');
}
/** Keeps unknown content with a value; one without any is left alone. */
export function keepContent(value, codec, element, elements, attributed) {
    const { features } = codec.facts ?? {};
    const attributes = element.attributes.filter((one) => !isControl(one) && !features?.some((feature) => feature.owns?.([one.namespace, one.name])));
    const within = Object.create(null);
    for (const [name, child] of attributed) {
        const part = value[name];
        const others = child.attributes.filter((one) => !isControl(one));
        if (others.length > 0 && (typeof part !== 'object' || part === null))
            within[name] = others;
    }
    if (attributes.length + elements.length > 0 || Object.keys(within).length > 0)
        value[kept] = { xml: { attributes, elements, within } };
}
