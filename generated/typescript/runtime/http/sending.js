import { fail } from '../core/errors.js';
import { formsOf } from './forms.js';
/** Writes the argument `body`: as the media type that is asked for, else in the first format of the client that can. */
// @__NO_SIDE_EFFECTS__
export function sends(described, optional = false) {
    return (draft, args, client) => {
        const value = args['body'];
        if (value === undefined)
            return optional ? undefined : fail('no argument body');
        const wanted = args['contentType'];
        const forms = formsOf(described, client).filter(({ mediaType }) => wanted === undefined || wanted === mediaType);
        const { format, of, mediaType } = forms.find((form) => (form.format ?? form.of).write !== undefined) ?? fail('no format for the body');
        const written = format?.write ? { body: format.write(of, value), type: mediaType } : of.write?.(value, client);
        Object.assign(draft, { body: written?.body ?? null, duplex: 'half' });
        if (written?.type !== undefined)
            draft.headers.set('content-type', written.type);
    };
}
