/** A name of XML for any text, as XmlConvert.EncodeLocalName makes it. */
export declare function encodeName(text: string): string;
/** The text that a name stands for. */
export declare function decodeName(text: string): string;
