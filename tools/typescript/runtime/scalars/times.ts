import type { Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { texts } from './text.js';

/** A moment as the text of the wire, with all its digits. */
export type DateTime = string;

/** Whether a month has the day; every month has 28. */
function isDay(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || new Date(text.slice(0, 10)).getUTCDate() === day;
}

// @__NO_SIDE_EFFECTS__
function moments(pattern: RegExp, hasDay = true): Scalar<string> {
  const trusted = (text: string): string => (!hasDay || isDay(text) ? text : fail('expected a date'));
  return { ...texts((text) => (pattern.test(text) ? trusted(text) : fail('expected a time'))), pattern, trusted };
}

export const dateTime: Scalar<DateTime> = /* @__PURE__ */ moments(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)?$/);
export const date: Scalar<string> = /* @__PURE__ */ moments(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
export const time: Scalar<string> = /* @__PURE__ */ moments(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)?$/, false);

/** A moment with a numeric offset: `+00:00`, never `Z`. */
export const dateTimeOffset: Scalar<DateTime> = /* @__PURE__ */ texts((text) => dateTime.read(text).replace(/[Zz]$/, '+00:00'));

/** The moment, to a millisecond; a time without a zone is one of this computer. */
export function toDate(moment: DateTime): Date {
  return new Date(moment.replace(/(\.\d{3})\d+/, '$1').replace(' ', 'T'));
}

/** The text of a moment, in UTC. */
export function fromDate(moment: Date): DateTime {
  return moment.toISOString();
}
