import { fail } from '../core/errors.js';
import { bodiesOf, formatOf, type Described, type SendBody } from './operation.js';

/** Writes the argument `body`: as the media type that is asked for, else in the first format of the client that can. */
// @__NO_SIDE_EFFECTS__
export function sends(described: Described, optional = false): SendBody {
  return (args, draft, client) => {
    const value = args['body'];
    if (value === undefined) return optional ? undefined : fail('no argument body');
    const wanted = args['contentType'];
    const bodies = bodiesOf(described).filter((one) => wanted === undefined || wanted === (one.mediaType ?? formatOf(client, one)?.mediaType));
    const ordered = [...client.formats.flatMap((format) => bodies.filter((one) => one.kind === format.kind)), ...bodies];
    const body = ordered.find((one) => one.write !== undefined || formatOf(client, one)?.write !== undefined) ?? fail('no format for the body');
    const format = formatOf(client, body);
    const written = body.write?.(value, client) ?? { body: format?.write?.(body.codec ?? {}, value) ?? null, type: body.mediaType ?? format?.mediaType };
    draft.body = written.body;
    if (written.type !== undefined) draft.headers.set('content-type', written.type);
  };
}
