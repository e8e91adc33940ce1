import { kept, order } from '../core/codec.js';
import { reading } from '../core/reading.js';
import { exactly } from './exactly.js';
/** Keeps the members of an object that its type does not name, with the value that was read. */
export function keepMembers({ members = [], beyond }, json, value) {
    const unknown = [];
    let after;
    for (const name of json[order] ?? Object.keys(json)) {
        if (!members.some((member) => member.name === name && member.only !== 'xml') && beyond?.takes?.(name) !== true)
            unknown.push([name, json[name], after]);
        after = name;
    }
    reading.again = exactly;
    if (unknown.length > 0)
        value[kept] = { json: unknown };
}
