import { readJson } from '../json/read.js';
import { reading } from './reading.js';
import { DataError } from './errors.js';
/** Reads a member that may be absent, which null may mean, too. */
const reader = (codec, only) => (json) => (json === undefined || only === 'xml' || (json === null && !resolved(codec)[1]) ? undefined : readJson(codec, json));
/** Whether the element that a member cannot read is not refused: of a conditional one it is unknown content, and null of one that may be absent is absence. */
function passes({ members = [], facts }, child, error) {
    // What is wrong further within has a path.
    const isNull = error instanceof DataError && error.path === '' && error.why === 'unexpected null';
    const nodes = facts?.elements?.nodes;
    const isRead = members.find(({ name: of, optional, conditional }) => {
        const { bare, name = of, names = [['', name]] } = nodes?.find((node) => node.of === of) ?? {};
        // Of a list without an element of its own it is an item that is null.
        return (conditional || (isNull && optional && !bare)) && names.some((spelling) => spelling[1] === child.name);
    });
    if (isRead && !isRead.conditional)
        child.of = null;
    return isRead !== undefined;
}
/** A member that may be absent; null means the same, unless it is a value of the codec. */
// @__NO_SIDE_EFFECTS__
export function optional(codec, absence) {
    reading.passes = passes;
    return { codec, read: reader(codec, absence?.only), optional: true, ...absence };
}
/** A member that is described under a condition alone: of values that it cannot read it is absent, and they are kept as unknown ones are. */
// @__NO_SIDE_EFFECTS__
export function conditional(codec, absence) {
    const member = optional(codec, absence);
    const read = (json) => {
        try {
            return member.read(json);
        }
        catch {
            return undefined;
        }
    };
    return { ...member, read, conditional: true };
}
/** A member that is always there on this side, though not in every document of the type. */
// @__NO_SIDE_EFFECTS__
export function expected(codec) {
    reading.passes = passes;
    return { inner: () => codec, read: reader(codec), optional: true };
}
/** Null is a value, too. */
// @__NO_SIDE_EFFECTS__
export function nullable(codec) {
    return { inner: () => codec, read: (json) => (json === null ? json : readJson(codec, json)), nil: true };
}
/** A codec of a module that may not have run yet. */
// @__NO_SIDE_EFFECTS__
export function lazy(codec) {
    return { inner: codec, read: (json) => readJson(codec(), json) };
}
/** The codec that others stand for, and whether one of them says that null is a value. */
export function resolved(codec) {
    let nil = false;
    let target = codec;
    for (; target.inner; target = target.inner())
        nil ||= !!target.nil;
    return [target, nil];
}
