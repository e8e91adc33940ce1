import { resolved } from '../core/members.js';
import { isSpace } from './model.js';
const plans = new WeakMap();
/** A node with its defaults; `codec` is what stands there if the node says nothing else, or the object whose member it is. */
export function placeOf(node, inside, codec, index = 0) {
    const given = typeof node === 'string' ? { of: node } : node;
    const { of = '', bare, namespace = inside, name = bare ? '' : of, alsoRead = [] } = given;
    const member = (of && codec.members?.find((one) => one.name === of)?.codec) || codec;
    const [content, nil] = resolved(given.codec?.() ?? member);
    return { nil: nil || resolved(member)[1], ...given, of, index, namespace, name, codec: content, names: bare && !name ? [] : [[namespace, name], ...alsoRead] };
}
/** The names of elements that a place is read from. */
export function namesRead({ codec, bare, names }) {
    const { kind } = codec;
    return [...names, ...((bare ? (kind?.within?.(codec) ?? planOf(codec).places).flatMap(namesRead) : kind?.names?.(codec)) ?? [])];
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
        const byName = new Map();
        plans.set(codec, (plan = { inside, places, item: names ? undefined : places[0], byName }));
        for (const place of places)
            for (const [space, local] of namesRead(place))
                byName.set(local, [...(byName.get(local) ?? []), [space, place]]);
    }
    return plan;
}
/** The name of a codec in `xsi:type`. */
export function typeOf({ facts: { name, namespace = '', type } = {} }) {
    return type ?? (name === undefined ? undefined : [namespace, name]);
}
/** Whether a place is read from an element of this name. */
export function reads(place, namespace, name) {
    return namesRead(place).some((one) => one[1] === name && isSpace(one[0], namespace));
}
