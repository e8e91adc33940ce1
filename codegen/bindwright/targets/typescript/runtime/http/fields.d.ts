import { type AnyCodec } from '../core/codec.js';
/** What stands in a form by some name. */
export interface Field {
    /** Its text, which may be what tells the type of the form. */
    readonly text: () => string;
    /** The JSON that it stands for; and its value, where that is more than its JSON. */
    readonly value: (codec: AnyCodec) => readonly [json: string, value?: unknown];
    /** Whether it is a list, and no item of one. */
    readonly isList?: (() => boolean) | undefined;
}
/** Adds what stands in a form by a name. */
export declare function gathered(form: Map<string, Field[]>, name: string, field: Field): void;
/** Reads an answer that is a form, by the types of its members: as the JSON that it stands for. A name that stands several times is a list. */
export declare function readFields(codec: AnyCodec, form: ReadonlyMap<string, readonly Field[]>): unknown;
