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

/** Whether something was read of which `JSON.parse` may have lost digits or order. */
export const exactness: { counts: boolean } = { counts: false };

/** Numbers that JavaScript spells in another way, and names that it puts first. */
export const deviating: RegExp = /\d[\d.]{15}|\.\d*0(?!\d)|\d[eE][-+\d]|-0|0\.0{6}|"\d+"\s*:/;
