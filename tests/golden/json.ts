export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** A list; a bare value stands for a list of one. */
export const list = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

export function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error('an object is expected');
  return value;
}

export function number(value: Json | undefined): number {
  if (typeof value !== 'number') throw new Error('a number is expected');
  return value;
}

export function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error('a text is expected');
  return value;
}

export const numberList = (value: Json | undefined): number[] => list(value).map(number);

export const textList = (value: Json | undefined): string[] => list(value).map(text);
