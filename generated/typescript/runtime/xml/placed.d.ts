import type { AnyCodec, Fields } from '../core/codec.js';
import type { Take } from '../core/facts.js';
import { type Reading, type XmlElement } from './model.js';
/** Reads an object or a list by its nodes; `take` does with each element what has to be done beside reading it. */
export declare function readPlaced(codec: AnyCodec, element: XmlElement, reading: Reading, value?: Fields, text?: boolean, take?: Take | undefined): unknown;
