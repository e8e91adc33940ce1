import { fail } from '../core/errors.js';
import { received } from './operation.js';
/** The forms of a body that a client knows, those of its first format first. A codec alone has all its formats. */
export function formsOf(described, { formats }) {
    const all = [described].flat();
    return [...formats, undefined].flatMap((format) => all.flatMap((content) => ((content.form ? content.form === (format?.kind ?? 'own') : format) ? { format, of: (content.codec ?? content), mediaType: content.mediaType ?? (format && `application/${format.kind}`) } : [])));
}
/** Answers in ranges of statuses, successes that are not listed, which are as the nearest one with content, and all others. */
export function ranges(answers, status) {
    const kind = `${status}`[0];
    const distance = (name) => Math.abs(+name.replaceAll('X', '0') - status) + (answers[name] ? 0 : 1000);
    const [nearest = ''] = kind === '2' ? Object.keys(answers).filter((name) => name[0] === '2').sort((a, b) => distance(a) - distance(b)) : [];
    return answers[`${kind}XX`] ?? answers[nearest] ?? answers['default'];
}
/** Reads answers that are more than a codec: by their media type one of several forms. */
export async function various(described, response, client) {
    const type = `${response.headers.get('content-type')}`.toLowerCase().split(/ *;/)[0] ?? '';
    const forms = formsOf(described, client);
    // Those of no format come last.
    const { format, of } = forms.find((form) => form.mediaType === type) ?? forms.find((form) => form.format?.types.test(type) ?? true) ?? fail(`an answer in ${type}`);
    return format ? received(of, response, { ...client, formats: [{ ...format, types: /^/ }] }) : of.read?.(response, client);
}
/** Asks for what the formats of the client are called here, and for `others`; who calls may ask for something else. */
// @__NO_SIDE_EFFECTS__
export function accepts(byFormat, ...others) {
    return ({ headers }, _, { formats }) => {
        if (headers.get('accept') === `${formats.map(({ kind }) => `application/${kind}`)}`)
            headers.set('accept', [...formats.flatMap(({ kind }) => byFormat[kind] ?? []), ...others].join(', ') || '*/*');
    };
}
