import type { AnyCodec } from '../core/codec.js';
import type { Name, Node } from '../core/facts.js';
import { type Place } from './model.js';
/** What a codec's facts come to, with nothing left to derive. */
export interface Plan {
    readonly inside: string;
    readonly places: readonly Place[];
    readonly item: Place | undefined;
}
/** A node with its defaults; `codec` is what stands there if the node says nothing else, or the object whose member it is. */
export declare function placeOf(node: string | Node, inside: string, codec: AnyCodec, index?: number): Place;
/** The place of a root element. */
export declare function rootPlace(codec: AnyCodec): Place;
/** The plan of a codec, made once. */
export declare function planOf(codec: AnyCodec): Plan;
/** The name of a codec in `xsi:type`. */
export declare function typeOf({ facts: { name, namespace, type } }: AnyCodec): Name | undefined;
/** Whether a place is read from an element of this name. */
export declare function reads(place: Place, namespace: string, name: string): boolean;
