import type { AnyCodec } from '../../core/codec.js';
import type { Name } from '../../core/facts.js';
/** A type that `xsi:type` may name where a value of any type stands. */
export interface BuiltIn {
    readonly type: Name;
    readonly codec: AnyCodec;
    /** The JSON values that are written as this type where nothing tells their own. */
    readonly json?: 'string' | 'integer' | 'number' | 'boolean';
}
/** Built-in types of the profile `openapi`, in the order of trial. */
export declare const openapiTypes: readonly BuiltIn[];
/** Built-in types of the profile `datacontract`, in the order of trial. */
export declare const datacontractTypes: readonly BuiltIn[];
