import { actual } from '../../core/codec.js';
import { resolved } from '../../core/members.js';
import {} from '../model.js';
import { complete, readMembers, readPlaced } from '../placed.js';
/** Reads an object that has more than elements. */
export function readFeatured(codec, element, reading) {
    const features = codec.facts?.features ?? [];
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
    const value = {};
    for (const feature of features)
        feature.begin?.(value, element, reading);
    readMembers(codec, element, value, reading, features.some((feature) => feature.text), (child) => features.some((feature) => feature.child?.(value, child, codec, reading)));
    for (const feature of features)
        feature.read?.(value, element, codec, reading);
    complete(codec, value);
    return value;
}
