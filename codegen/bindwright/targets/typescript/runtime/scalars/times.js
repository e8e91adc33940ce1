import { fail } from '../core/errors.js';
import { texts } from './text.js';
// @__NO_SIDE_EFFECTS__
function moments(expression) {
    return texts((text) => {
        const parts = expression.exec(text) ?? fail('expected a time');
        // Every month has 28 days; the others are counted.
        if (Number(parts[3]) > 28 && Number(parts[3]) > new Date(Date.UTC(2000 + (Number(parts[1]) % 400), Number(parts[2]), 0)).getUTCDate())
            fail('expected a date');
        return text;
    });
}
export const dateTime = /* @__PURE__ */ moments(/^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?([Zz]|[-+]([01]\d|2[0-3]):[0-5]\d)?$/);
export const date = /* @__PURE__ */ moments(/^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
export const time = /* @__PURE__ */ moments(/^()()()([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?([Zz]|[-+]([01]\d|2[0-3]):[0-5]\d)?$/);
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
