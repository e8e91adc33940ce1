/** A number of JSON whose spelling counts: `1.50`, `1E400`. */
export class Digits extends Number {
  readonly text: string;
  constructor(text: string) {
    super(text);
    this.text = text;
  }
  override toString(): string {
    return this.text;
  }
}

