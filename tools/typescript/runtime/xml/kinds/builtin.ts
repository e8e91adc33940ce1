import type { AnyCodec } from '../../core/codec.js';
import type { Name } from '../../core/facts.js';
import { base64 } from '../../scalars/binary.js';
import { decimal } from '../../scalars/decimals.js';
import { charCode, dotnetDecimal, dotnetDouble, dotnetFloat, dotnetTimeSpan, dotnetUri } from '../../scalars/dotnet.js';
import { int16, int32, int64, int8, integer, uint16, uint32, uint64, uint8 } from '../../scalars/integers.js';
import { double, float } from '../../scalars/reals.js';
import { boolean, duration, string, uuid } from '../../scalars/text.js';
import { date, dateTime, time } from '../../scalars/times.js';
import { dotnetOffset } from './offset.js';

/** A type that `xsi:type` may name where a value of any type stands. */
export interface BuiltIn {
  readonly type: Name;
  readonly codec: AnyCodec;
  /** The JSON values that are written as this type where nothing tells their own. */
  readonly json?: 'string' | 'integer' | 'number' | 'boolean';
}

const xsd = 'http://www.w3.org/2001/XMLSchema';
const serialization = 'http://schemas.microsoft.com/2003/10/Serialization/';

const whole: readonly BuiltIn[] = [
  { type: [xsd, 'short'], codec: int16 },
  { type: [xsd, 'byte'], codec: int8 },
  { type: [xsd, 'unsignedByte'], codec: uint8 },
  { type: [xsd, 'unsignedShort'], codec: uint16 },
  { type: [xsd, 'unsignedInt'], codec: uint32 },
  { type: [xsd, 'integer'], codec: integer, json: 'integer' },
];

const times: readonly BuiltIn[] = [
  { type: [xsd, 'date'], codec: date },
  { type: [xsd, 'time'], codec: time },
  { type: [xsd, 'base64Binary'], codec: base64 },
];

/** Built-in types of the profile `openapi`, in the order of trial. */
export const openapiTypes: readonly BuiltIn[] = [
  { type: [xsd, 'string'], codec: string, json: 'string' },
  { type: [xsd, 'boolean'], codec: boolean, json: 'boolean' },
  { type: [xsd, 'dateTime'], codec: dateTime },
  ...times,
  { type: [xsd, 'int'], codec: int32, json: 'integer' },
  { type: [xsd, 'long'], codec: int64, json: 'integer' },
  { type: [xsd, 'unsignedLong'], codec: uint64, json: 'integer' },
  ...whole,
  { type: [xsd, 'double'], codec: double, json: 'number' },
  { type: [xsd, 'float'], codec: float },
  { type: [xsd, 'decimal'], codec: decimal },
  { type: [xsd, 'duration'], codec: duration },
  { type: [xsd, 'anyURI'], codec: string },
];

/** Built-in types of the profile `datacontract`, in the order of trial. */
export const datacontractTypes: readonly BuiltIn[] = [
  { type: [xsd, 'dateTime'], codec: dateTime, json: 'string' },
  { type: [xsd, 'string'], codec: string, json: 'string' },
  { type: [xsd, 'boolean'], codec: boolean, json: 'boolean' },
  ...times,
  { type: [xsd, 'int'], codec: int32 },
  { type: [xsd, 'long'], codec: int64, json: 'integer' },
  { type: [xsd, 'unsignedLong'], codec: uint64, json: 'integer' },
  ...whole,
  { type: [xsd, 'double'], codec: dotnetDouble, json: 'number' },
  { type: [xsd, 'float'], codec: dotnetFloat },
  { type: [xsd, 'decimal'], codec: dotnetDecimal },
  { type: [xsd, 'anyURI'], codec: dotnetUri },
  { type: [serialization, 'char'], codec: charCode },
  { type: [serialization, 'guid'], codec: uuid },
  { type: [serialization, 'duration'], codec: dotnetTimeSpan },
  { type: ['http://schemas.datacontract.org/2004/07/System', 'DateTimeOffset'], codec: dotnetOffset },
];
