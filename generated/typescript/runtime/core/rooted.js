export function rooted(codec, facts) {
    const target = codec;
    // A codec that is not there yet keeps what it is; only what its root is called is said here.
    if (target.inner !== undefined)
        return { ...codec, facts };
    return { ...codec, facts: { ...codec.facts, ...facts }, kind: facts.kind ?? codec.kind };
}
/** The codec with other facts of XML, none of which it has of itself. */
// @__NO_SIDE_EFFECTS__
export function variant(codec, facts) {
    return { ...codec, facts, kind: facts.kind ?? codec.kind };
}
