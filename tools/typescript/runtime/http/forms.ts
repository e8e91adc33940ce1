import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import type { Body, Client, Format, Writer } from './model.js';
import { received, type Answers, type Described } from './operation.js';

/** One way of reading and writing a body: a codec in a format, or a body that brings its own code. */
export interface Form {
  readonly mediaType: string | undefined;
  readonly format?: Format | undefined;
  /** The codec in that format, or the body. */
  readonly of: AnyCodec & Body;
}

/** The forms of a body that a client knows, those of its first format first. A codec alone has all its formats. */
export function formsOf(described: Described, { formats }: Client): Form[] {
  const all = [described].flat() as (AnyCodec & Body)[];
  return [...formats, undefined].flatMap((format) =>
    all.flatMap((content) => ((content.form ? content.form === (format?.kind ?? 'own') : format) ? { format, of: (content.codec ?? content) as AnyCodec & Body, mediaType: content.mediaType ?? (format && `application/${format.kind}`) } : [])),
  );
}

/** Answers in ranges of statuses, successes that are not listed, which are as the nearest one with content, and all others. */
export function ranges(answers: Answers, status: number): Described | undefined {
  const kind = `${status}`[0];
  const distance = (name: string): number => Math.abs(+name.replaceAll('X', '0') - status) + (answers[name] ? 0 : 1000);
  const [nearest = ''] = kind === '2' ? Object.keys(answers).filter((name) => name[0] === '2').sort((a, b) => distance(a) - distance(b)) : [];
  return answers[`${kind}XX`] ?? answers[nearest] ?? answers['default'];
}

/** Reads answers that are more than a codec: by their media type one of several forms. */
export async function various(described: Described, response: Response, client: Client): Promise<unknown> {
  const type = `${response.headers.get('content-type')}`.toLowerCase().split(/ *;/)[0] ?? '';
  const forms = formsOf(described, client);
  // Those of no format come last.
  const { format, of } = forms.find((form) => form.mediaType === type) ?? forms.find((form) => form.format?.types.test(type) ?? true) ?? fail(`an answer in ${type}`);
  return format ? received(of, response, { ...client, formats: [{ ...format, types: /^/ }] }) : (of as Body).read?.(response, client);
}

/** Asks for what the formats of the client are called here, and for `others`; who calls may ask for something else. */
// @__NO_SIDE_EFFECTS__
export function accepts(byFormat: Readonly<Record<string, string>>, ...others: readonly string[]): Writer {
  return ({ headers }, _, { formats }) => {
    if (headers.get('accept') === `${formats.map(({ kind }) => `application/${kind}`)}`) headers.set('accept', [...formats.flatMap(({ kind }) => byFormat[kind] ?? []), ...others].join(', ') || '*/*');
  };
}
