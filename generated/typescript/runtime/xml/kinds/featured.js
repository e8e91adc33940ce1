import { actual } from '../../core/codec.js';
import { resolved } from '../../core/members.js';
import {} from '../model.js';
import { readPlaced } from '../placed.js';
/** Reads an object that has more than elements. */
export function readFeatured(codec, element, reading) {
    const { features = [], elements } = codec.facts ?? {};
    reading.parts = readPlaced;
    for (const feature of features) {
        const selected = feature.select?.(element, codec, reading);
        const other = selected ? resolved(selected)[0] : codec;
        if (other !== codec) {
            const value = reading.content(other, element);
            if (feature.marks === true)
                value[actual] = other;
            return value;
        }
        const known = feature.known?.(element, reading);
        if (known)
            return known;
    }
    const { inherited = [] } = codec.beyond ?? {};
    const value = Object.fromEntries(inherited.map((name) => [name, undefined]));
    for (const feature of features)
        feature.begin?.(value, element, reading);
    for (const feature of features)
        feature.read?.(value, element, codec, reading);
    const take = (places, readAt, child, ...rest) => {
        if (!places[0] && features.some((feature) => feature.child?.(value, child, codec, reading)))
            return null;
        return (elements?.take ?? ((all, read) => read(all[0])))(places, readAt, child, ...rest);
    };
    readPlaced(codec, element, reading, value, features.some((feature) => feature.text), take);
    for (const name of inherited)
        if (value[name] === undefined)
            delete value[name];
    return value;
}
/** Of objects with members that are called like something that all objects have. */
export const inherited = { reads: readFeatured };
