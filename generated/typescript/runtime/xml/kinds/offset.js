import { fail } from '../../core/errors.js';
import { int16 } from '../../scalars/integers.js';
import { parseText, trimmed } from '../../core/parse.js';
import { string } from '../../scalars/text.js';
import { dateTime, dateTimeOffset } from '../../scalars/times.js';
import { isElement, textWithin } from '../model.js';
import { placeOf } from '../plan.js';
const system = 'http://schemas.datacontract.org/2004/07/System';
/** A moment in UTC and minutes, as one text. */
function joined(moment, minutes) {
    const [, head = '', fraction = ''] = /^(.{19})(\.\d+)?Z$/.exec(dateTime.read(trimmed(moment))) ?? fail('expected a moment in UTC');
    const size = Math.abs(minutes);
    const local = new Date(Date.parse(`${head}Z`) + minutes * 60000).toISOString().slice(0, 19);
    return `${local}${fraction}${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}
function split(text) {
    const [, head = '', fraction = '', sign = '', hours = '0', minutes = '0'] = /^(.{19})(\.\d+)?(?:Z|([-+])(\d\d):(\d\d))$/.exec(text) ?? fail('expected a date-time with an offset');
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    const moment = new Date(Date.parse(`${head.replace(' ', 'T')}Z`) - offset * 60000).toISOString().slice(0, 19);
    return [`${moment}${fraction.replace(/0+$/, '').replace(/\.$/, '')}Z`, offset + 0];
}
const kind = {
    declares: [system],
    read: (element) => {
        const [moment, minutes] = ['DateTime', 'OffsetMinutes'].map((name) => {
            const children = element.children.filter((child) => isElement(child) && child.name === name && child.namespace === system);
            const child = children[0];
            return child === undefined || typeof child === 'string' || children.length > 1 ? fail(`expected one ${name}`) : textWithin(child);
        });
        return joined(moment ?? '', parseText(int16, minutes ?? ''));
    },
    body: (value, _, tag) => {
        const [moment, minutes] = split(value);
        return tag.child(placeOf({ name: 'DateTime' }, system, string), moment) + tag.child(placeOf({ name: 'OffsetMinutes' }, system, string), String(minutes));
    },
};
/** A moment with an offset, which XML has as .NET's DateTimeOffset: two elements. */
export const dotnetOffset = { read: dateTimeOffset.read, quoted: true, print: dateTimeOffset.print, kind };
