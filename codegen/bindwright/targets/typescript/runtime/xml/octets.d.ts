/** A piece of a document that is written often. */
export interface Piece {
    readonly octets: Uint8Array;
    readonly length: number;
    /** The octets, eight in each, with zeros behind. None is NaN, whose octets an engine may change: UTF-8 has no such octets. */
    readonly words: Float64Array;
}
/** The piece that a text is. */
export declare function pieceOf(text: string): Piece;
/** Makes room for some more octets behind those that are written, and for a word that is written whole. */
export declare function room(at: number, more: number): DataView;
/** Writes a piece where there is room for it. Gives the end. */
export declare function putPiece(target: DataView, { words, length }: Piece, at: number): number;
/** Puts a longer piece in the place of the one that all begins with. Gives the end. */
export declare function replaceStart(before: Piece, piece: Piece, end: number): number;
/** Writes a text, escaped, where there is room for five octets a character; `newline` is what an end of line is written as. Gives the end. */
export declare function putText(target: DataView, text: string, at: number, newline: string): number;
/** Writes the digits of a whole number that is exact, where there is room for 17. Gives the end. */
export declare function putDigits(target: DataView, whole: number, start: number): number;
/** The text of the octets up to an end. */
export declare function finish(end: number): string;
