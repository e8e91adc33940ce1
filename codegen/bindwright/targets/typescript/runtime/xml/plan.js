import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { tolerance } from '../core/tolerance.js';
const plans = new WeakMap();
/** A node with its defaults; `codec` is what stands there if the node says nothing else. */
export function placeOf(node, inside, codec, index = 0, member) {
    const given = typeof node === 'string' ? { of: node } : node;
    const [content, nil] = resolved(given.codec?.() ?? codec);
    const name = given.name ?? (given.bare === true ? '' : (given.of ?? ''));
    const namespace = given.namespace ?? inside;
    const names = name === '' ? [] : [[namespace, name], ...(given.alsoRead ?? [])];
    return {
        of: given.of ?? '',
        index,
        namespace,
        name,
        prefix: given.prefix,
        nil: given.nil ?? (nil || resolved(codec)[1]),
        bare: given.bare === true,
        cdata: given.cdata === true,
        codec: content,
        member,
        start: `<${name}>`,
        end: `</${name}>`,
        names,
    };
}
/** The place of a member of an object. */
export function memberPlace(node, inside, codec, index = 0) {
    const name = typeof node === 'string' ? node : node.of;
    const member = codec.members?.find((one) => one.name === name);
    return placeOf(node, inside, member?.codec ?? fail(`no member ${name}`), index, member);
}
/** The names of elements that a place is read from. */
export function namesRead(place) {
    const { codec } = place;
    if (place.bare) {
        const plan = planOf(codec);
        if (plan.item !== undefined)
            return plan.item.name === '' ? place.names : namesRead(plan.item);
        return plan.places.flatMap(namesRead);
    }
    const alternatives = codec.kind?.names?.(codec) ?? [];
    return [...place.names, ...alternatives];
}
/** The plan of a codec, made once. */
export function planOf(codec) {
    const known = plans.get(codec);
    if (known !== undefined)
        return known;
    const facts = codec.facts ?? {};
    const inside = facts.inside ?? facts.namespace ?? '';
    const places = (facts.elements ?? []).map((node, index) => memberPlace(node, inside, codec, index));
    const byName = new Map();
    const isFlat = codec.members !== undefined && facts.features === undefined && codec.kind === undefined && places.every((place) => place.codec.print !== undefined && place.codec.kind === undefined && !place.bare && place.namespace === inside && place.member?.zero === undefined && !(place.of in Object.prototype));
    const plan = {
        isFlat,
        codec,
        inside,
        declares: codec.kind?.declares ?? facts.declares ?? (inside === '' ? [] : [inside]),
        type: facts.type ?? (facts.name === undefined ? undefined : [facts.namespace ?? '', facts.name]),
        places,
        byName,
        item: codec.item === undefined || facts.item === undefined ? undefined : placeOf(typeof facts.item === 'string' ? { name: facts.item } : facts.item, inside, codec.item),
    };
    plans.set(codec, plan);
    for (const place of places)
        for (const [namespace, name] of namesRead(place))
            byName.set(name, [...(byName.get(name) ?? []), [namespace, place]]);
    return plan;
}
/** Whether a namespace is the one that is expected. */
export function isSpace(expected, namespace) {
    return expected === namespace || (tolerance.applies && (expected === '' || namespace === ''));
}
/** Whether a place is read from an element of this name. */
export function reads(place, namespace, name) {
    return (place.names[0]?.[1] === name && place.names[0][0] === namespace) || namesRead(place).some((one) => one[1] === name && isSpace(one[0], namespace));
}
