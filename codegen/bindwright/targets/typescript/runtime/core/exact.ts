/** A number of JSON whose spelling counts: `1.50`, `1E400`. */
export class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
  valueOf(): number {
    return Number(this.text);
  }
  toJSON(): number {
    return Number(this.text);
  }
}

/** Whether something was read of which `JSON.parse` may have lost digits or order. */
export const exactness: { counts: boolean } = { counts: false };

/** Numbers that JavaScript spells in another way, and names that it puts first. */
export const deviating: RegExp = /\d[\d.]{15}|\.\d*0(?!\d)|\d[eE][-+\d]|-0|0\.0{6}|"\d+"\s*:/;
