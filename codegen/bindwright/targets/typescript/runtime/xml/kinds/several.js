import { fail } from '../../core/errors.js';
/** Lists of the values of several elements of one name, while they are read: a value may be a list itself. */
const lists = new WeakSet();
/** The value of a further element that is called by one key: of any type it is a list with the one before, as it is written. */
export function further({ codec }, { root }, before, part, problem) {
    if (codec.kind?.isFree !== true || root?.profile?.byDepth === true || before === null || part === null)
        return fail(problem);
    const list = Array.isArray(before) && lists.has(before) ? before : [before];
    lists.add(list);
    list.push(part);
    return list;
}
/** What elements of one name are: of a list its items, of which there has to be one. */
export function itemsOf(part) {
    return Array.isArray(part) ? (part.length === 0 ? fail('an empty list has no elements') : part) : [part];
}
/** The elements of a value that are called by its key. */
export function elementsOf(place, part, tag, name) {
    const isList = place.codec.kind?.isFree === true && Array.isArray(part) && !tag.profile.byDepth;
    return isList ? itemsOf(part).map((item) => tag.child(place, item ?? '', name)).join('') : tag.child(place, part, name);
}
