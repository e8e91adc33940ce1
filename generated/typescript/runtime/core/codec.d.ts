import type { Digits } from './exact.js';
import type { Facts, Kind } from './facts.js';
/** A JSON value that loses nothing: integers beyond 2^53 are `bigint`, numbers whose spelling counts are `Digits`. */
export type Json = null | boolean | number | bigint | string | Digits | Json[] | {
    [name: string]: Json;
};
/** The JSON text of a value. */
export type Write = (codec: AnyCodec, value: unknown) => string;
/**
 * What all codecs have, whatever their type: facts, which readers and writers go by. Functions are only there where the
 * readers and writers know nothing of the kind of type, so that nobody has the code of kinds that he has not.
 */
export interface AnyCodec {
    /** From a parsed JSON value; called with the codec itself, or one that has taken this over with other facts. */
    readonly read?: ((json: Json, codec: AnyCodec) => unknown) | undefined;
    /** To JSON text, where it is not what `print` gives. */
    readonly write?: ((value: never, write: Write) => string) | undefined;
    /** From the text of an element, an attribute or a header, without white space around it; absent: what `read` makes of it. */
    readonly parse?: ((text: string) => unknown) | undefined;
    /** Of integers that a double holds: the lowest. Their text has no markup. */
    readonly low?: number | undefined;
    /** Whether it is an integer that is a bigint. */
    readonly wide?: boolean | undefined;
    /** Texts without markup that are read as they are, those of codecs without a `parse` where the day in them is one that every month has; without groups. */
    readonly pattern?: RegExp | undefined;
    /** The text of a scalar. */
    readonly print?: ((value: never) => string) | undefined;
    /** Whether that text stands in quotes in JSON. */
    readonly quoted?: boolean | undefined;
    /** The codec that this one stands for (`lazy`, `nullable`). */
    readonly inner?: (() => AnyCodec) | undefined;
    /** Whether null is a value. */
    readonly nil?: boolean | undefined;
    readonly facts?: Facts | undefined;
    /** Of octets: whether a part of a body has them as they are, or as a text, of which the document says how they are encoded. */
    readonly octets?: 'raw' | 'text' | undefined;
    /** Whether white space around its text is a part of it. */
    readonly raw?: boolean | undefined;
    /** The same; and an empty text has a start tag and an end tag. */
    readonly plain?: boolean | undefined;
    /** What XML does with it where that is neither text, nor an object, nor a list. */
    readonly kind?: Kind | undefined;
    /** The members of an object, in the order in which JSON has them. */
    readonly members?: readonly MemberFacts[] | undefined;
    /** What an object has besides named members. */
    readonly beyond?: Beyond | undefined;
    /** Gives an object the values of its discriminators that nobody set. Throws `DataError` where one says another type. */
    readonly complete?: ((value: Fields) => Fields) | undefined;
    /** The items of a list, the values of a map. */
    readonly item?: AnyCodec | undefined;
    /** Texts of the keys of a map in JSON; of a scalar those of its values as keys, where they are others than in XML. */
    readonly keys?: AnyCodec | undefined;
    /** The alternative of a union that a value says it is of. */
    readonly told?: ((value: unknown) => AnyCodec | undefined) | undefined;
    /** Gives an object the discriminator that says the alternative at a position, where its type has no place for it. */
    readonly mark?: ((value: Fields, position: number) => void) | undefined;
    /** Gives an object that is of an alternative the value of the discriminator that says so, where it has none. */
    readonly fill?: ((value: unknown, part: AnyCodec) => unknown) | undefined;
    /** The alternative of a union that writes a value which says of none that it is of it. */
    readonly fits?: ((value: unknown, write: Write) => AnyCodec) | undefined;
    /** How far an alternative stands behind others, if it takes a value only where no other does: one that its enumeration does not list, or with further members. */
    readonly behind?: ((part: AnyCodec, value: unknown, further: number) => number) | undefined;
    /** The alternatives of a union, the items of a tuple. */
    readonly parts?: readonly AnyCodec[] | undefined;
}
declare const type: unique symbol;
/** Reads and writes values of a type. Invariant: a codec of `string` is none of `string | null`. */
export interface Codec<in out T> extends AnyCodec {
    /** Never there: it says to the compiler what the codec is of. */
    readonly [type]?: (value: T) => T;
    /** Never there: a member that may be absent is no codec. */
    readonly codec?: never;
}
/** What an object has besides named members. */
export interface Beyond {
    /** Whether members that are not described are refused. */
    readonly closed?: boolean | undefined;
    /** Whether a name that is no member's is not unknown. */
    readonly takes?: ((name: string) => boolean) | undefined;
    /** The number of the first pattern that the name of a member matches; -1: it matches none. */
    readonly which?: ((name: string) => number) | undefined;
    /** The codec that the discriminator of an object tells. */
    readonly told?: ((value: Readonly<Record<string, unknown>>) => AnyCodec | undefined) | undefined;
    /** Names of members that all objects have. */
    readonly inherited?: readonly string[];
    /** The codec of a member that is not named. */
    readonly further?: ((name: string) => AnyCodec | undefined) | undefined;
    /** Text with which an object begins, or which stands for it. */
    readonly begin?: ((value: Readonly<Record<string, unknown>>, codec: AnyCodec, write: Write) => {
        readonly whole?: string;
        readonly first?: string;
    } | undefined) | undefined;
}
/** Objects that refer to each other (`$id`, `$ref`). */
export interface Sharing {
    /** The object that stands here for one that was read before; another one is remembered. */
    readonly known: (json: Readonly<Record<string, Json>>, value: object) => object | undefined;
    /** The text of a reference (`whole`), or of the id with which an object begins. */
    readonly write: (value: object) => {
        readonly whole: string;
    } | {
        readonly first: string;
    };
    readonly names: readonly string[];
}
/** A scalar: it has a text outside of JSON. */
export interface Scalar<in out T> extends Codec<T> {
    readonly read: (json: Json) => T;
    readonly parse?: ((text: string) => T) | undefined;
    readonly print: (value: T) => string;
}
/** A member that may be absent. */
export interface Optional<in out T> {
    readonly codec: Codec<T>;
    /** Undefined: what is there means absence. */
    readonly read: (json: Json) => unknown;
    readonly optional: true;
    readonly zero?: string | undefined;
    readonly only?: 'json' | 'xml' | undefined;
    readonly conditional?: true | undefined;
}
/** A member that is always there on this side, though not in every document of the type. */
export interface Expected<in out T> extends Codec<T> {
    readonly optional: true;
}
declare const unlisted: unique symbol;
/**
 * The unknown branch of a discriminated union: none of the listed values of the discriminator, which is a string. Its
 * type is that of an object, since a string with a brand is not told apart from a literal; its text is `String(value)`.
 */
export type Unlisted<K extends string> = {
    readonly [P in K]: String & {
        readonly [unlisted]: true;
    };
};
/** The members of an object type: optional ones exactly where the interface has `?`. */
export type Members<T> = {
    readonly [K in keyof T as string extends K ? never : number extends K ? never : K]-?: [T] extends [{
        readonly [P in K]: unknown;
    }] ? Codec<T[K]> : Optional<Exclude<T[K], undefined>>;
};
/** One member, as the readers and writers need it. */
export interface MemberFacts {
    readonly name: string;
    readonly codec: AnyCodec;
    readonly read?: AnyCodec['read'];
    readonly optional?: boolean | undefined;
    readonly zero?: string | undefined;
    readonly only?: string | undefined;
    /** Whether what it cannot read is kept as unknown members are. */
    readonly conditional?: true | undefined;
    /** Its name in JSON, quoted, and the colon; a writer keeps it here. */
    label?: string;
}
/** A value whose members are not known here. */
export type Fields = Record<string | symbol, unknown>;
/**
 * Under this symbol a value keeps what its type does not name; a spread takes it along. It is the same in all packages: a
 * value of one may be written by another.
 */
export declare const kept: unique symbol;
/** Under this symbol a value says of which codec it is, where that is not the declared one. */
export declare const actual: unique symbol;
/** Under this symbol an object says in which order its members stand, where JavaScript has another one. */
export declare const order: unique symbol;
/** Sets a member, whatever it is called: `__proto__` is a name like others. */
export declare function put(target: Fields, name: string, value: unknown): void;
/** A member that the object itself has. */
export declare function own(target: Fields, name: string): unknown;
/** The names of an object's members, in the order that they were read in. */
export declare function namesOf(target: object): string[];
export {};
