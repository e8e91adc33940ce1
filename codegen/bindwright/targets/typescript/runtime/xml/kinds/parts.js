import { fail, within } from '../../core/errors.js';
import { isElement } from '../model.js';
import { placeOf } from '../plan.js';
import { isScalar, parseText, trimmed } from '../../core/parse.js';
/** The items of a tuple, each with a node of its own, in this order. */
// @__NO_SIDE_EFFECTS__
export function parts(nodes, inside = '') {
    const places = (codec) => nodes.map((node, index) => placeOf(node, inside, codec.parts?.[index] ?? fail('no item'), index));
    return {
        read: (element, codec, reading) => {
            const found = element.children.filter((child) => isElement(child) || /[^ \t\n]/.test(child));
            return places(codec).map((place, index) => {
                const child = found[index] ?? fail('too few items');
                try {
                    return isElement(child) ? reading.place(place, child) : (isScalar(place.codec) ? parseText(place.codec, trimmed(child)) : fail('text between items'));
                }
                catch (error) {
                    throw within(error, index);
                }
            });
        },
        body: (value, codec, tag) => places(codec)
            .map((place, index) => {
            if (nodes[index]?.text !== true && nodes[index]?.cdata !== true)
                return tag.child(place, value[index], place.name === '' ? tag.name : place.name);
            const text = (place.codec.print ?? fail('no text'))(value[index]);
            return nodes[index]?.cdata === true ? cdata(text) : tag.text(text);
        })
            .join(''),
    };
}
/** A CDATA section; the end mark within is split over two. */
export function cdata(text) {
    return `<![CDATA[${text.replace(/\]\]>/g, ']]]]><![CDATA[>')}]]>`;
}
