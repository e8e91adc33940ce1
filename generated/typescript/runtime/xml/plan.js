import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { reading as state } from '../core/reading.js';
const plans = new WeakMap();
/** A node with its defaults; `codec` is what stands there if the node says nothing else. */
export function placeOf(node, inside, codec, index = 0, member) {
    const given = typeof node === 'string' ? { of: node } : node;
    const { of = '', bare = false, cdata = false, prefix, namespace = inside, alsoRead = [] } = given;
    const [content, nil] = resolved(given.codec?.() ?? codec);
    const name = given.name ?? (bare ? '' : of);
    return {
        of,
        index,
        namespace,
        name,
        prefix,
        nil: given.nil ?? (nil || resolved(codec)[1]),
        bare,
        cdata,
        codec: content,
        member,
        start: `<${name}>`,
        end: `</${name}>`,
        names: name ? [[namespace, name], ...alsoRead] : [],
    };
}
/** The place of a member of an object. */
export function memberPlace(node, inside, codec, index = 0) {
    const name = typeof node === 'string' ? node : node.of;
    const member = codec.members?.find((one) => one.name === name);
    return placeOf(node, inside, member?.codec ?? fail(`no member ${name}`), index, member);
}
/** The names of elements that a place is read from. */
export function namesRead({ codec, bare, names }) {
    const more = codec.kind?.names?.(codec);
    if (!bare)
        return more ? [...names, ...more] : names;
    const { item, places } = planOf(codec);
    return item ? (item.name ? namesRead(item) : names) : places.flatMap(namesRead);
}
/** The plan of a codec, made once. */
export function planOf(codec) {
    let plan = plans.get(codec);
    if (!plan) {
        const { facts = {}, item } = codec;
        const inside = facts.inside ?? facts.namespace ?? '';
        const places = (facts.elements ?? []).map((node, index) => memberPlace(node, inside, codec, index));
        const byName = new Map();
        plan = {
            inside,
            type: facts.type ?? (facts.name === undefined ? undefined : [facts.namespace ?? '', facts.name]),
            places,
            byName,
            item: item && facts.item !== undefined ? placeOf(typeof facts.item === 'string' ? { name: facts.item } : facts.item, inside, item) : undefined,
        };
        plans.set(codec, plan);
        for (const place of places)
            for (const [namespace, name] of namesRead(place))
                byName.set(name, [...(byName.get(name) ?? []), [namespace, place]]);
    }
    return plan;
}
/** Whether a namespace is the one that is expected. */
export function isSpace(expected, namespace) {
    return expected === namespace || (state.tolerant && !(expected && namespace));
}
/** Whether a place is read from an element of this name. */
export function reads(place, namespace, name) {
    return namesRead(place).some((one) => one[1] === name && isSpace(one[0], namespace));
}
