/** A number of JSON whose spelling counts: `1.50`, `1E400`. */
export declare class Digits extends Number {
    readonly text: string;
    constructor(text: string);
    toString(): string;
}
