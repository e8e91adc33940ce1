import type { AnyCodec, Codec, Expected, Optional } from './codec.js';
/** Options of a member that may be absent. */
export interface Absence {
    /** The JSON text of the value that is not written, since absence means it. */
    readonly zero?: string;
    /** The one format that has the member. */
    readonly only?: 'json' | 'xml';
}
/** A member that may be absent; null means the same, unless it is a value of the codec. */
export declare function optional<T>(codec: Codec<T>, absence?: Absence): Optional<T>;
/** A member that is described under a condition alone: of values that it cannot read it is absent, and they are kept as unknown ones are. */
export declare function conditional<T>(codec: Codec<T>, absence?: Absence): Optional<T>;
/** A member that is always there on this side, though not in every document of the type. */
export declare function expected<T>(codec: Codec<T>): Expected<T>;
/** Null is a value, too. */
export declare function nullable<T>(codec: Codec<T>): Codec<T | null>;
/** A codec of a module that may not have run yet. */
export declare function lazy<T>(codec: () => Codec<T>): Codec<T>;
/** The codec that others stand for, and whether one of them says that null is a value. */
export declare function resolved(codec: AnyCodec): readonly [codec: AnyCodec, nil: boolean];
