/** A number of JSON whose spelling counts: `1.50`, `1E400`. */
export class Digits extends Number {
    text;
    constructor(text) {
        super(text);
        this.text = text;
    }
    toString() {
        return this.text;
    }
}
