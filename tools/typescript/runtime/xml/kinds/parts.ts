import type { AnyCodec, Fields } from '../../core/codec.js';
import { fail, within } from '../../core/errors.js';
import type { Kind, Node } from '../../core/facts.js';
import { isBlank, isScalar, parseText, trimmed } from '../../core/parse.js';
import { isElement, type Place, type Reading, type XmlElement } from '../model.js';
import { placeOf, reads } from '../plan.js';
import { readChildren } from '../read.js';

/** A node of an item that is text. */
export interface PartNode extends Node {
  /** The item is text of the element around it. */
  readonly text?: boolean;
}

/** What is said of a tuple beside the nodes of its first items. */
export interface PartsFacts {
  /** How many items have to be there; absent: all. */
  readonly fewest?: number;
  /** Where each item stands that follows; absent: none may follow. */
  readonly rest?: PartNode;
}

/** A list whose first items have a node of their own each, in this order. */
// @__NO_SIDE_EFFECTS__
export function parts(nodes: readonly PartNode[], inside = '', { fewest = nodes.length, rest }: PartsFacts = {}): Kind {
  const placed = (codec: AnyCodec): readonly Place[] => nodes.map((node, index) => placeOf(node, inside, codec.parts?.[index] ?? fail('no item'), index));
  const following = (codec: AnyCodec): Place | undefined => (rest === undefined ? undefined : placeOf(rest, inside, codec.item ?? fail('no item'), nodes.length));
  const isText = ({ text, cdata }: PartNode): boolean => text === true || cdata === true;
  return {
    fewest,
    read: (element, codec, reading) => {
      const [places, last] = [placed(codec), following(codec)];
      const values = nodes.some(isText) ? withTexts(places, last, element, reading) : elementsOf(places, last, codec, element, reading);
      return values.length < fewest ? fail('too few items') : values;
    },
    body: (value: readonly unknown[], codec, tag) => {
      const [places, last] = [placed(codec), following(codec)];
      if (value.length < fewest || (last === undefined && value.length > places.length)) fail('another number of items');
      const texts = value.map((item, index) => {
        const place = places[index] ?? (last as Place);
        if (!isText(nodes[index] ?? {})) return tag.child(place, item, place.name === '' ? tag.name : place.name) + tag.unknown(value, index);
        const text = (place.codec.print ?? fail('no text'))(item as never);
        return nodes[index]?.cdata === true ? cdata(text) : tag.text(text);
      });
      return tag.unknown(value, -1) + texts.join('');
    },
  };
}

/** Items of which some are text. */
function withTexts(places: readonly Place[], last: Place | undefined, element: XmlElement, reading: Reading): unknown[] {
  // A text is one, though comments and CDATA sections stand within.
  const joined: (XmlElement | string)[] = [];
  for (const child of element.children) {
    const last = joined.length - 1;
    if (!isElement(child) && typeof joined[last] === 'string') joined[last] += child;
    else joined.push(child);
  }
  const items = joined.filter((child) => isElement(child) || !isBlank(child));
  return items.map((child, index) => {
    const place = places[index] ?? last ?? fail('too many items');
    try {
      if (isElement(child)) return reading.place(place, child);
      return isScalar(place.codec) ? parseText(place.codec, trimmed(child)) : fail('text between items');
    } catch (error) {
      throw within(error, index);
    }
  });
}

/** Items that are elements; what stands among those behind and is none of them is kept. */
function elementsOf(places: readonly Place[], last: Place | undefined, codec: AnyCodec, element: XmlElement, reading: Reading): unknown[] {
  const values: unknown[] = [];
  // Within a map, items are called by the key.
  const isCalled = (place: Place, { name, namespace }: XmlElement): boolean => (place.name === '' && name === element.name && namespace === place.namespace) || reads(place, namespace, name);
  readChildren(codec, element, values as Fields & unknown[], (child) => {
    const place = places[values.length];
    if (place !== undefined && !isCalled(place, child)) fail(`expected the element ${place.name}`);
    const at = place ?? last ?? fail('too many items');
    return place === undefined && !isCalled(at, child) ? undefined : (values.push(reading.place(at, child)), '');
  });
  return values;
}

/** A CDATA section; the end mark within is split over two. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replace(/\]\]>/g, ']]]]><![CDATA[>')}]]>`;
}
