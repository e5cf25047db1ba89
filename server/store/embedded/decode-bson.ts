/** Between BSON bytes and JavaScript values. Numbers: int32 and double are `number`, int64 is `bigint`; regular expressions stay data. */
import { deserialize, serialize } from 'bson';

export type Doc = Record<string, unknown>;

const decodeOptions = {
  promoteBuffers: false,
  useBigInt64: true,
  bsonRegExp: true,
  validation: { utf8: false },
} as const;
const encodeOptions = { ignoreUndefined: true, checkKeys: false } as const;

export function decodeDoc(bytes: Uint8Array): Doc {
  return deserialize(bytes, decodeOptions);
}

export function encodeDoc(doc: Doc): Buffer {
  const bytes = serialize(doc, encodeOptions);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A plain sub-document, not an array and not one of the BSON value classes. */
export function isDoc(v: unknown): v is Doc {
  if (v === null || typeof v !== 'object' || Array.isArray(v)) return false;
  const prototype: unknown = Object.getPrototypeOf(v);
  return prototype === Object.prototype || prototype === null;
}

/** An own field, so that names such as "constructor" never reach the prototype. */
export function fieldOf(doc: unknown, name: string): unknown {
  return doc !== null && typeof doc === 'object' && Object.hasOwn(doc, name)
    ? Reflect.get(doc, name)
    : undefined;
}

/** Sets an own field even when it is called __proto__. */
export function setField(doc: object, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(doc, name, { value, enumerable: true, writable: true, configurable: true });
  else Reflect.set(doc, name, value);
}

/** A copy that shares immutable leaves: documents and arrays are new. */
export function cloneValue<T>(v: T): T;
export function cloneValue(v: unknown): unknown {
  if (Array.isArray(v)) return v.map((x: unknown) => cloneValue(x));
  if (v instanceof Date) return new Date(v);
  if (!isDoc(v)) return v;
  const out: Doc = {};
  for (const name of Object.keys(v)) setField(out, name, cloneValue(v[name]));
  return out;
}
