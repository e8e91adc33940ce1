/** A member that may be absent; null means the same, unless it is a value of the codec. */
// @__NO_SIDE_EFFECTS__
export function optional(codec, absence) {
    return { codec, optional: true, ...absence };
}
/** A member that is always there on this side, though not in every document of the type. */
// @__NO_SIDE_EFFECTS__
export function expected(codec) {
    return { inner: () => codec, optional: true };
}
/** Null is a value, too. */
// @__NO_SIDE_EFFECTS__
export function nullable(codec) {
    return { inner: () => codec, nil: true };
}
/** A codec of a module that may not have run yet. */
// @__NO_SIDE_EFFECTS__
export function lazy(codec) {
    return { inner: codec };
}
/** The codec that others stand for, and whether one of them says that null is a value. */
export function resolved(codec) {
    let nil = false;
    let target = codec;
    for (; target.inner; target = target.inner())
        nil ||= !!target.nil;
    return [target, nil];
}
