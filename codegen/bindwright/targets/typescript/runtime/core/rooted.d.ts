import type { Codec, Scalar } from './codec.js';
import type { Facts } from './facts.js';
/** The same codec with other facts of XML: of a root element, or of members in another namespace. */
export declare function rooted<T>(codec: Scalar<T>, facts: Facts): Scalar<T>;
export declare function rooted<T>(codec: Codec<T>, facts: Facts): Codec<T>;
/** The codec with other facts of XML, none of which it has of itself. */
export declare function variant<T>(codec: Codec<T>, facts: Facts): Codec<T>;
