import { kept, type AnyCodec, type Fields } from '../core/codec.js';
import { xsi, type Attributed, type KeptXml, type UnknownElements, type XmlAttribute, type XmlElement } from './model.js';

/** Attributes that mean something to every reader. */
function isControl({ namespace, name }: XmlAttribute): boolean {
  return namespace === xsi && (name === 'nil' || name === 'type');
}

/** Keeps unknown content with a value; one without any is left alone. */
export function keepContent(value: object, codec: AnyCodec, element: XmlElement, elements: UnknownElements, attributed: Attributed): void {
  const { features } = codec.facts ?? {};
  const attributes = element.attributes.filter((one) => !isControl(one) && !features?.some((feature) => feature.owns?.([one.namespace, one.name])));
  const within: Fields = Object.create(null) as Fields;
  for (const [name, child] of attributed) {
    const part = (value as Fields)[name];
    const others = child.attributes.filter((one) => !isControl(one));
    if (others.length > 0 && (typeof part !== 'object' || part === null)) within[name] = others;
  }
  if (attributes.length + elements.length > 0 || Object.keys(within).length > 0) (value as Fields)[kept] = { xml: { attributes, elements, within } satisfies KeptXml };
}
