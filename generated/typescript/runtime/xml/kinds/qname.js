import { own, put } from '../../core/codec.js';
import { fail, within } from '../../core/errors.js';
import { attributeOf, qualified, xsi } from '../model.js';
import { placeOf, planOf } from '../plan.js';
import { readFeatured } from './featured.js';
import { alone, printed } from './features.js';
/** Under this symbol an object keeps the name that its `xsi:type` had; a spread takes it along. */
const typeName = /* @__PURE__ */ Symbol.for('bindwright.typeName');
/** A member that is `xsi:type`: the local name of a QName, whatever its prefix. */
// @__NO_SIDE_EFFECTS__
export function typeAttribute(node) {
    const placeIn = (codec) => placeOf(node, '', codec);
    return {
        reads: readFeatured,
        owns: ([namespace, name]) => namespace === xsi && name === 'type',
        read: (value, element, codec, reading) => {
            const text = attributeOf(element, xsi, 'type');
            if (text === undefined)
                return;
            const place = placeIn(codec);
            try {
                const name = qualified(element, text) ?? fail(`no declaration of the prefix of ${text}`);
                put(value, place.of, reading.content(place.codec, alone(name[1], element)));
                value[typeName] = name;
            }
            catch (error) {
                throw within(error, '@type');
            }
        },
        open: (value, codec, tag) => {
            const place = placeIn(codec);
            const part = own(value, place.of);
            if (part === undefined || part === null)
                return '';
            const text = printed(place.codec, part);
            const name = value[typeName];
            // Whoever has set another one since means a name of the document.
            tag.type(name?.[1] === text ? name : [planOf(codec).inside, text]);
            return '';
        },
    };
}
