import { resolved } from '../core/members.js';
import { isSpace } from './model.js';
const plans = new WeakMap();
/** A node with its defaults; `codec` is what stands there if the node says nothing else, or the object whose member it is. */
export function placeOf(node, inside, codec, index = 0) {
    const facts = typeof node === 'string' ? { of: node } : node;
    const { of = '', bare, namespace = inside, name = of, names = [[namespace, name]] } = facts;
    const member = codec.members?.find((candidate) => candidate.name === facts.of)?.codec ?? codec;
    const [content, takesNull] = resolved(facts.codec?.() ?? member);
    // What is said of null where a list has no element of its own is said of its items.
    return { nil: takesNull, ...facts, ...(bare ? { nil: false } : {}), of, index, namespace, name, codec: content, names };
}
/** The place of a root element. */
export function rootPlace(codec) {
    const facts = codec.facts ?? resolved(codec)[0].facts ?? {};
    // Whoever reads null has a codec that knows it.
    return placeOf({ ...facts, nil: facts.nil === true && resolved(codec)[1] }, '', codec);
}
/** The plan of a codec, made once. */
export function planOf(codec) {
    let plan = plans.get(codec);
    if (!plan) {
        const { facts: { namespace = '', inside = namespace, elements, item, profile } = {}, members } = codec;
        const names = members?.map(({ name }) => name);
        const nodes = names ? (elements ? ('nodes' in elements ? elements.nodes : elements) : profile?.byDepth ? names.sort() : names) : item === undefined ? [] : [typeof item === 'string' ? { name: item } : item];
        const places = nodes.map((node, index) => placeOf(node, inside, names ? codec : codec.item, index));
        plans.set(codec, (plan = { inside, places, item: names ? undefined : places[0] }));
    }
    return plan;
}
/** The name of a codec in `xsi:type`. */
export function typeOf({ facts: { name, namespace = '', type } = {} }) {
    return type ?? (name === undefined ? undefined : [namespace, name]);
}
/** Whether a place is read from an element of this name. */
export function reads(place, namespace, name) {
    return place.names.some((spelling) => spelling[1] === name && isSpace(spelling[0], namespace));
}
