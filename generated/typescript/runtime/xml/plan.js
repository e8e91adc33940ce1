import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isSpace } from './model.js';
const plans = new WeakMap();
/** A node with its defaults; `codec` is what stands there if the node says nothing else. */
export function placeOf(node, inside, codec, index = 0) {
    const given = typeof node === 'string' ? { of: node } : node;
    const { of = '', bare, namespace = inside, name = bare ? '' : of, alsoRead = [] } = given;
    const [content, nil] = resolved(given.codec?.() ?? codec);
    return { nil: nil || resolved(codec)[1], ...given, of, index, namespace, name, codec: content, names: name ? [[namespace, name], ...alsoRead] : [] };
}
/** The place of a member of an object. */
export function memberPlace(node, inside, codec, index) {
    const name = typeof node === 'string' ? node : node.of;
    return placeOf(node, inside, codec.members?.find((one) => one.name === name)?.codec ?? fail(`no member ${name}`), index);
}
/** The names of elements that a place is read from. */
export function namesRead({ codec, bare, names }) {
    if (!bare)
        return [...names, ...(codec.kind?.names?.(codec) ?? [])];
    const { item, places } = planOf(codec);
    return item ? (item.name ? namesRead(item) : names) : (codec.kind?.within?.(codec) ?? places).flatMap(namesRead);
}
/** The nodes of an object's elements. */
function elementsOf({ facts: { elements, profile } = {}, members = [] }) {
    if (elements)
        return 'nodes' in elements ? elements.nodes : elements;
    const names = members.map(({ name }) => name);
    return profile?.byDepth ? names.sort() : names;
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
        const { facts = {}, item } = codec;
        const { namespace = '', inside = namespace } = facts;
        const places = elementsOf(codec).map((node, index) => memberPlace(node, inside, codec, index));
        const byName = new Map();
        plan = { inside, places, byName, item: item && facts.item !== undefined ? placeOf(typeof facts.item === 'string' ? { name: facts.item } : facts.item, inside, item) : undefined };
        plans.set(codec, plan);
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
