/**
 * Under this symbol a value keeps what its type does not name; a spread takes it along. It is the same in all packages: a
 * value of one may be written by another.
 */
export const kept = /* @__PURE__ */ Symbol.for('bindwright.kept');
/** Under this symbol a value says of which codec it is, where that is not the declared one. */
export const actual = /* @__PURE__ */ Symbol.for('bindwright.actual');
/** Under this symbol an object says in which order its members stand, where JavaScript has another one. */
export const order = /* @__PURE__ */ Symbol.for('bindwright.order');
/** Sets a member, whatever it is called: `__proto__` is a name like others. */
export function put(target, name, value) {
    if (name === '__proto__')
        Object.defineProperties(target, Object.getOwnPropertyDescriptors({ [name]: value }));
    else
        target[name] = value;
}
/** A member that the object itself has. */
export function own(target, name) {
    return Object.hasOwn(target, name) ? target[name] : undefined;
}
/** The names of an object's members, in the order that they were read in. */
export function namesOf(target) {
    const names = Object.keys(target);
    const read = target[order];
    return read === undefined ? names : [...read.filter((name) => Object.hasOwn(target, name)), ...names.filter((name) => !read.includes(name))];
}
