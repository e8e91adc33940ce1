import { type AnyCodec, type Codec, type Members, type Sharing } from './codec.js';
import type { Facts } from './facts.js';
/** What else JSON says of an object. */
export interface ObjectOptions {
    /** Members that are not described are refused. */
    readonly closed?: boolean;
    /** What members are that are not described. */
    readonly additional?: AnyCodec;
    /** What members are whose name matches. */
    readonly patterns?: readonly (readonly [pattern: string, codec: AnyCodec])[];
    /** Members that only the other side has. */
    readonly beside?: Readonly<Record<string, AnyCodec | {
        readonly codec: AnyCodec;
    }>>;
    /** The member that tells the type, and the types that it tells. */
    readonly discriminator?: string;
    readonly mapping?: () => Readonly<Record<string, AnyCodec>>;
    readonly otherwise?: () => AnyCodec;
    readonly sharing?: Sharing;
    /** The order of the members, where they are not given in it. */
    readonly order?: readonly string[];
    /** Names that have to be there without being members. */
    readonly required?: readonly string[];
}
/** An object with named members, none of which is called like something that all objects have. The first argument is JSON, in written order; the second is XML. */
export declare function object<T, A = T>(members: Members<T>, facts?: Facts): Codec<A>;
/** An object that has more than named members, or members of any name. */
export declare function objectWith<T, A = T>(members: Members<T>, facts: Facts, options?: ObjectOptions): Codec<A>;
