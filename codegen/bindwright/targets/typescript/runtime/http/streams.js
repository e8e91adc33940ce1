import { refused, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { fromJson, readText } from '../json/json.js';
import { writeJson } from '../json/write.js';
import { charsetOf } from './charset.js';
/** Octets as text, piece by piece; what is not of the encoding is refused. */
function strictly(encoding) {
    try {
        const decoder = new TextDecoder(encoding, { fatal: true });
        return (octets) => {
            try {
                return decoder.decode(octets, { stream: octets !== undefined });
            }
            catch (error) {
                throw refused(error);
            }
        };
    }
    catch (error) {
        throw refused(error);
    }
}
/** Octets as text in UTF-8; what is none of it is replaced (WHATWG HTML, 9.2.5). */
function loosely() {
    const decoder = new TextDecoder();
    return (octets) => decoder.decode(octets, { stream: octets !== undefined });
}
/** The texts between marks, as they come; `open`: the last one needs no mark behind it. */
async function* pieces(response, mark, open, decode) {
    let rest = '';
    const reader = response.body?.getReader();
    try {
        for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) {
            const parts = (rest + decode(chunk.value)).split(mark);
            rest = parts.pop() ?? '';
            for (const part of parts)
                yield part;
        }
    }
    finally {
        // Who leaves the loop early wants no more. Of the body of an error there is a copy, and an end to wait for only when that is left, too.
        void reader?.cancel().catch(() => undefined);
    }
    rest += decode();
    if (open && rest !== '')
        yield rest;
}
function parsed(codec, text) {
    return codec === undefined ? JSON.parse(text) : readText(codec, text);
}
/** The items, one by one: those before a broken one have come when its error does, with its index in the path. */
export async function* items(texts, read) {
    let index = 0;
    for await (const text of texts) {
        let item;
        try {
            item = read(text);
        }
        catch (error) {
            throw within(refused(error), index);
        }
        if (item === undefined)
            continue;
        yield item;
        index++;
    }
}
function texts(codec, response, mark) {
    return items(pieces(response, mark, true, strictly(charsetOf(response.headers.get('content-type')))), (text) => (/[^ \t\r\n]/.test(text) ? parsed(codec, text) : undefined));
}
/** A body of items, written as they come. */
function stream(codec, values, before) {
    const encoder = new TextEncoder();
    const iterator = values[Symbol.asyncIterator]();
    return new ReadableStream({
        pull: async (controller) => {
            const next = await iterator.next();
            if (next.done === true)
                controller.close();
            else
                controller.enqueue(encoder.encode(`${before}${codec === undefined ? JSON.stringify(next.value) : writeJson(codec, next.value)}\n`));
        },
        cancel: async () => {
            await iterator.return?.();
        },
    });
}
/** A JSON text a line. */
// @__NO_SIDE_EFFECTS__
export function lines(codec, mediaType) {
    return { form: 'own', mediaType, read: (response) => texts(codec, response, /\r?\n/), write: (values) => ({ body: stream(codec, values, ''), type: mediaType }) };
}
/** A JSON text sequence (RFC 7464). */
// @__NO_SIDE_EFFECTS__
export function sequence(codec, mediaType) {
    return { form: 'own', mediaType, read: (response) => texts(codec, response, /\u001e/), write: (values) => ({ body: stream(codec, values, '\u001e'), type: mediaType }) };
}
function eventOf(block) {
    const fields = {};
    for (const line of block.split(/\r\n|\r|\n/)) {
        const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (name === 'data')
            fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
        else if (name === 'event' || name === 'id')
            fields[name] = value;
        else if (name === 'retry' && /^\d+$/.test(value))
            fields.retry = Number(value);
    }
    return fields.data === undefined ? undefined : { ...fields, data: fields.data };
}
function contentOf(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** The members of an object, or of each one of a choice. */
function objectsOf(codec) {
    const { members, parts = [], told } = resolved(codec)[0];
    return members !== undefined ? [members] : told === undefined ? [] : parts.flatMap(objectsOf);
}
/** OpenAPI 3.2: a schema with a member `data` describes the event, whose data may be JSON; another one describes the data, as may that one, too. */
function typed(codec, event) {
    const objects = objectsOf(codec);
    const content = contentOf(event.data);
    const whole = [event, ...(content === undefined ? [] : [{ ...event, data: content }])].map((value) => JSON.stringify(value));
    const texts = objects.length === 0 || objects.some((members) => members.some((member) => member.name === 'data')) ? [...whole, event.data] : [event.data];
    for (const text of texts) {
        try {
            return fromJson(codec, text);
        }
        catch {
            // the next one; where none fits, the usual one with its deviations
        }
    }
    return parsed(codec, texts[0]);
}
function described(codec, response) {
    // An event that no empty line ends is none.
    return items(pieces(response, /\r\n\r\n|\n\n|\r\r/, false, loosely()), (block) => {
        const event = eventOf(block.replace(/^\uFEFF/, ''));
        return event === undefined || codec === undefined ? event : typed(codec, event);
    });
}
/** Server-sent events. */
// @__NO_SIDE_EFFECTS__
export function events(codec, mediaType) {
    return { form: 'own', mediaType, read: (response) => described(codec, response) };
}
