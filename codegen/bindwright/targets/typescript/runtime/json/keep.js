import { kept, order } from '../core/codec.js';
import { reading } from '../core/reading.js';
import { exact } from './exactly.js';
/** Keeps the members of an object that its type does not name, with the value that was read. */
export const keepMembers = /* @__PURE__ */ exact(({ members = [], beyond }, json, value) => {
    // Nearly always: all that is there was read.
    if (Object.keys(json).length === Object.keys(value).length)
        return;
    const unknown = [];
    let after;
    for (const name of json[order] ?? Object.keys(json)) {
        const described = members.some((member) => member.name === name && member.only !== 'xml' && !(member.conditional === true && value[name] === undefined && json[name] !== null));
        // What the type takes without a place of its own (an id, a further member) is written elsewhere: nothing stands behind it.
        if (!described && beyond?.takes?.(name) === true)
            continue;
        if (!described)
            unknown.push([name, json[name], after]);
        after = name;
    }
    if (unknown.length === 0)
        return;
    reading.again = true;
    value[kept] = { json: unknown };
});
