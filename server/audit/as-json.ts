import type { Json } from './chain.ts';

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && Object.values(value).every(isJson);
}

/** A typed record as the JSON it is. @throws TypeError when it holds anything that JSON cannot say, such as undefined */
export function asJson(value: unknown): Json {
  if (!isJson(value)) throw new TypeError('not a JSON value');
  return value;
}
