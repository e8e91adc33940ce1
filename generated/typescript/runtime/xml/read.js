import {} from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText, trimmed } from '../core/parse.js';
import { reading as state } from '../core/reading.js';
import { attributeOf, isSpace, xsi } from './model.js';
/** The document that is being read. Reading never waits, so that one at a time is enough. */
const reading = { content, place: readPlace };
function readPlace({ codec, nil }, element) {
    return /^(true|1)$/.test(trimmed(attributeOf(element, xsi, 'nil') ?? '')) ? (nil ? null : fail('unexpected null')) : content(codec, element);
}
function content(codec, element) {
    const { children } = element;
    if (codec.kind)
        return codec.kind.read(element, codec, reading);
    if (isScalar(codec))
        return children.some((child) => typeof child === 'object') ? fail('unexpected element') : parseText(codec, children.join(''));
    return (codec.facts?.features?.[0]?.reads ?? reading.parts)(codec, element, reading);
}
/** Reads each child element by a function, which gives its member; text stands between them only where it is allowed to. */
export function readChildren(codec, element, value, read, text) {
    for (const child of element.children) {
        if (typeof child === 'object') {
            child.of = undefined;
            try {
                child.of = read(child);
            }
            catch (error) {
                if (!state.passes?.(codec, child, error))
                    throw within(error, codec.members ? child.name : value.length);
            }
        }
        else if (!text && /[^ \t\r\n]/.test(child))
            fail('unexpected text');
    }
    state.keepXml?.(value, codec, element);
}
/**
 * Says of each child of an element whether it may stand for one whose namespace it does not have. In another namespace than that
 * of the element around it, it does only where no other child of its name does: beside `title`, `media:title` is foreign content.
 */
export function nativesOf({ namespace, children }) {
    let names;
    return (child) => !child.namespace || child.namespace === namespace || !(names ??= new Set(children.map((sibling) => (sibling.namespace && sibling.namespace !== namespace) || sibling.name))).has(child.name);
}
/** Reads an element as the root of a document, objects and lists in it by a function; `tolerant`: of an answer. */
export function readRoot(codec, element, parts, tolerant) {
    const [target, takesNull] = resolved(codec);
    // A codec that stands for another may say its own root.
    const { name = '', namespace = '', names = [[namespace, name]], nil } = (reading.root = codec.facts ?? target.facts ?? {});
    state.tolerant = tolerant;
    state.shared = undefined;
    reading.parts = parts;
    if (!names.some((spelling) => spelling[1] === element.name && isSpace(spelling[0], element.namespace)))
        fail(`expected {${namespace}}${name}`);
    // Whoever reads null has a codec that knows it.
    return readPlace({ codec: target, nil: (nil && takesNull) }, element);
}
