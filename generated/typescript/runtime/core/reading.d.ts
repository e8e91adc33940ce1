import type { AnyCodec, Fields, Json } from './codec.js';
import type { KeepXml, XmlElement } from '../xml/model.js';
import type { OpenElement } from '../xml/parse.js';
/** What holds while a document is read, and what has its code only where something asks for it. */
export interface ReadingState {
    /**
     * Whether what is read need not be as the document says, since it is an answer: a server may be newer than the document,
     * and one new kind of item must not cost the others. Values that it does not list are kept as they came, and names of XML
     * are also equal where one of them has no namespace, which documents and servers forget. Who reads says so, each time.
     */
    tolerant?: boolean;
    /** Reads a JSON text; absent: as `JSON.parse` has it. Codecs to which digits count set it, once and for all (`exact`). */
    text?: ((codec: AnyCodec, text: string) => unknown) | undefined;
    /** Set by a codec that has read something of which `JSON.parse` may have lost digits: the text is read a second time. */
    again?: boolean;
    /** Whether an element that a member cannot read is not refused; members that may be absent set it, once and for all. */
    passes?: ((codec: AnyCodec, child: XmlElement, error: unknown) => boolean) | undefined;
    /** Of the document that is being read or written: its objects by id, and ids by object. */
    shared?: Map<unknown, unknown> | undefined;
    /**
     * Keeps what an object's type does not name. Only who writes needs it. Writers set it, once and for all: it holds wherever their
     * module is a part of the program. Everything else sets it for what it reads itself: what a reading gives must not depend
     * on what was read before.
     */
    keep?: ((codec: AnyCodec, json: Readonly<Record<string, Json>>, value: Fields) => void) | undefined;
    /** The same of XML: keeps what an object's or a list's type does not name, and looks at types. `xmlAnswers` does without. */
    keepXml?: KeepXml | undefined;
    /** Reads nearly all elements faster; who reads many documents sets it. */
    leaf?: ((parent: OpenElement) => boolean) | undefined;
}
export declare const reading: ReadingState;
