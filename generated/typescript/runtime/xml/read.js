import { own, put } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { reading as state } from '../core/reading.js';
import { attributeOf, isElement, isSpace, xsi } from './model.js';
/** What `xmlAnswers` does without: keeping what nobody describes, for whoever writes and reads by hand, and looking at types. */
export const keeping = {};
/** The document that is being read. Reading never waits, so that one at a time is enough. */
const reading = { objects: new Map(), profile: undefined, content, place: readPlace };
function readPlace({ codec, nil }, element) {
    const text = attributeOf(element, xsi, 'nil')?.trim();
    return text === 'true' || text === '1' ? (nil ? null : fail('null where none can be')) : content(codec, element);
}
function content(codec, element) {
    const { children } = element;
    if (codec.kind)
        return codec.kind.read(element, codec, reading);
    if (isScalar(codec))
        return children.some(isElement) ? fail('an element where text belongs') : parseText(codec, children.join(''));
    const { features, elements, item } = codec.facts ?? {};
    const own = (features?.[0] ?? elements ?? item);
    return own?.reads ? own.reads(codec, element, reading) : readParts(codec, element);
}
/** Reads each child element by a function, which gives its member; text stands between them only where it is allowed to. */
export function readChildren(codec, element, value, read, text) {
    const children = [];
    for (const child of element.children) {
        if (isElement(child)) {
            try {
                children.push([read(child), child]);
            }
            catch (error) {
                throw within(error, Array.isArray(value) ? value.length : child.name);
            }
        }
        else if (!text && /[^ \t\n]/.test(child))
            fail('text between elements');
    }
    keeping.keep?.(value, codec, element, children);
}
/** An object or a list whose elements are called as its members or items, and stand in its namespace: nearly all there are. */
function readParts(codec, element) {
    const { members, item, facts: { namespace = '', inside = namespace, item: name = members ? '' : fail('nothing that XML describes') } = {} } = codec;
    const value = (members ? {} : []);
    readChildren(codec, element, value, (child) => {
        // Where only a namespace is forgotten, an answer has the member all the same. In another namespace than that of the
        // element around it a child stands for it only where no other child does: beside `title`, `media:title` is foreign content.
        const isNative = (one) => isElement(one) && one.name === child.name && (!one.namespace || one.namespace === element.namespace);
        const isOurs = child.namespace === inside || (isSpace(inside, child.namespace) && (isNative(child) || !element.children.some(isNative)));
        const part = isOurs ? (members ? members.find((one) => one.name === child.name)?.codec : child.name === name && item) : undefined;
        if (!part)
            return codec.beyond?.closed ? fail('an element that is not described') : undefined;
        if (members && own(value, child.name) !== undefined)
            fail('an element twice');
        const [target, nil] = resolved(part);
        const read = readPlace({ codec: target, nil }, child);
        if (members)
            put(value, child.name, read);
        else
            value.push(read);
        return child.name;
    });
    for (const { name: member, optional, only } of members ?? [])
        if (!optional && only !== 'json' && own(value, member) === undefined)
            fail(`no element ${member}`);
    return value;
}
/** Reads an element as the root of a document; `tolerant`: of an answer. */
export function readRoot(codec, element, tolerant = false) {
    const [target, takesNull] = resolved(codec);
    // A codec that stands for another may say its own root.
    const { name = '', namespace = '', alsoRead = [], nil, profile } = codec.facts ?? target.facts ?? {};
    state.tolerant = tolerant;
    state.shared = undefined;
    reading.objects = new Map();
    reading.profile = profile;
    if (![[namespace, name], ...alsoRead, ...(target.kind?.names?.(target) ?? [])].some((one) => one[1] === element.name && isSpace(one[0], element.namespace)))
        fail(`expected the element ${name} of the namespace '${namespace}'`);
    // Whoever reads null has a codec that knows it.
    return readPlace({ codec: target, nil: !!nil && takesNull }, element);
}
