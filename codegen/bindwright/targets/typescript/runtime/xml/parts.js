import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isSpace } from './model.js';
import { nativesOf, readChildren } from './read.js';
/** An object or a list whose elements are called as its members or items, and stand in its namespace: nearly all there are. */
export function readParts(codec, element, reading) {
    const { members, item, facts: { namespace = '', inside = namespace, elements = [], item: name = members ? '' : fail('no XML') } = {} } = codec;
    if ('nodes' in elements || typeof name !== 'string')
        fail('not plain: use xmlAnswers');
    const value = (members ? {} : []);
    const isNative = nativesOf(element);
    readChildren(codec, element, value, (child) => {
        // Where only a namespace is forgotten, an answer has the member all the same.
        const isOurs = child.namespace === inside || (isSpace(inside, child.namespace) && isNative(child));
        const part = isOurs ? (members ? members.find((member) => member.name === child.name)?.codec : child.name === name && item) : undefined;
        if (!part)
            return codec.beyond?.closed ? fail('unexpected element') : undefined;
        if (members && Object.hasOwn(value, child.name))
            fail('element twice');
        const [target, nil] = resolved(part);
        value[members ? child.name : value.length] = reading.place({ codec: target, nil }, child);
        return child.name;
    });
    for (const { name: member, optional } of members ?? [])
        if (!optional && !Object.hasOwn(value, member))
            fail(`no element ${member}`);
    return value;
}
