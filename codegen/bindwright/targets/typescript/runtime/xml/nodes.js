import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { gathered, isElement } from './model.js';
/** Elements of an object that have more than the names of members: other names or namespaces, no element of their own, … */
// @__NO_SIDE_EFFECTS__
export function nodes(all) {
    return { nodes: all };
}
/** The same, where two members have one name, or the elements of one are read at once: what `inlined` is, and lists among alternatives. */
// @__NO_SIDE_EFFECTS__
export function shared(all) {
    return { nodes: all, take };
}
/** Reads an element at the place that it is for. */
export const take = (places, readAt, child, codec, value, element, reading) => {
    const place = due(places, codec, value, element, child);
    const gather = place?.codec.kind?.gather;
    if (!gather)
        return readAt(place);
    value[place.of] ??= gather(element, place, reading);
    return place.of;
};
/** Of places of one name those that as many elements are for, required ones before others; of these the first that has nothing yet. */
function due(places, { members }, value, { children }, child) {
    if (!places[1])
        return places[0];
    const isLess = ({ of, many }) => many || members?.find(({ name }) => name === of)?.optional === true;
    let count = 0;
    for (const sibling of children)
        if (isElement(sibling) && sibling.name === child.name && sibling.namespace === child.namespace && ++count === places.length)
            break;
    const ranked = [...places.filter((place) => !isLess(place)), ...places.filter(isLess)].slice(0, count);
    const all = places.filter((place) => ranked.includes(place));
    return all.find(({ many, of }) => many || value[of] === undefined) ?? all[0];
}
/** What has no element of its own, and is no list: its content stands where its element would. */
// @__NO_SIDE_EFFECTS__
export function inlined(codec) {
    const [target] = resolved(codec);
    const kind = {
        ...target.kind,
        read: () => fail('no element'),
        bare: () => target,
        gather: (around, place, reading) => reading.content(target, gathered(around, place)),
    };
    return { ...target, kind };
}
/** The items of a list, where more than their name is to be said. */
// @__NO_SIDE_EFFECTS__
export function node(item) {
    return item;
}
