import {} from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { reading as state } from '../core/reading.js';
import { attributeOf, isElement, isSpace, xsi } from './model.js';
/** What `xmlAnswers` does without: keeping what nobody describes, for whoever writes and reads by hand, and looking at types. */
export const keeping = {};
/** The document that is being read. Reading never waits, so that one at a time is enough. */
const reading = { profile: undefined, parts: content, content, place: readPlace };
function readPlace({ codec, nil }, element) {
    const text = attributeOf(element, xsi, 'nil')?.trim();
    return text === 'true' || text === '1' ? (nil ? null : fail('unexpected null')) : content(codec, element);
}
function content(codec, element) {
    const { children } = element;
    if (codec.kind)
        return codec.kind.read(element, codec, reading);
    if (isScalar(codec))
        return children.some(isElement) ? fail('unexpected element') : parseText(codec, children[0] ?? '');
    return (codec.facts?.features?.[0]?.reads ?? reading.parts)(codec, element, reading);
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
                if (!state.passes?.(codec, child.name))
                    throw within(error, Array.isArray(value) ? value.length : child.name);
                children.push([undefined, child]);
            }
        }
        else if (!text && /[^ \t\n]/.test(child))
            fail('unexpected text');
    }
    keeping.keep?.(value, codec, element, children);
}
/** Reads an element as the root of a document, objects and lists in it by a function; `tolerant`: of an answer. */
export function readRoot(codec, element, parts, tolerant = false) {
    const [target, takesNull] = resolved(codec);
    // A codec that stands for another may say its own root.
    const { name = '', namespace = '', alsoRead = [], nil, profile } = codec.facts ?? target.facts ?? {};
    state.tolerant = tolerant;
    state.shared = new Map();
    reading.profile = profile;
    reading.parts = parts;
    if (![[namespace, name], ...alsoRead, ...(target.kind?.names?.(target) ?? [])].some((one) => one[1] === element.name && isSpace(one[0], element.namespace)))
        fail(`expected the element ${name} of the namespace '${namespace}'`);
    // Whoever reads null has a codec that knows it.
    return readPlace({ codec: target, nil: !!nil && takesNull }, element);
}
