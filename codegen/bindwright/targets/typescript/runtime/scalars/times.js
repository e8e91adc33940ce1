import { fail } from '../core/errors.js';
import { matching, texts } from './text.js';
/** Times that have a day, which the month has to have; every month has 28. */
// @__NO_SIDE_EFFECTS__
function moments(pattern) {
    return { ...texts((text) => (pattern.test(text) && (+text.slice(8, 10) < 29 || new Date(text.slice(0, 10)).getUTCDate() === +text.slice(8, 10)) ? text : fail('expected a time'))), pattern };
}
export const dateTime = /* @__PURE__ */ moments(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)?$/);
export const date = /* @__PURE__ */ moments(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
export const time = /* @__PURE__ */ matching(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)?$/, 'a time');
/** A moment with a numeric offset: `+00:00`, never `Z`. */
export const dateTimeOffset = /* @__PURE__ */ texts((text) => dateTime.read(text).replace(/[Zz]$/, '+00:00'));
/** The moment, to a millisecond; a time without a zone is one of this computer. */
export function toDate(moment) {
    return new Date(moment.replace(/(\.\d{3})\d+/, '$1').replace(' ', 'T'));
}
/** The text of a moment, in UTC. */
export function fromDate(moment) {
    return moment.toISOString();
}
