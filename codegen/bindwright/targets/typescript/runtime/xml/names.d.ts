/** Whether a text is a name without a prefix. */
export declare function isName(text: string): boolean;
/** A name of XML for any text, as XmlConvert.EncodeLocalName makes it. */
export declare function encodeName(text: string): string;
/** The text that a name stands for. */
export declare function decodeName(text: string): string;
