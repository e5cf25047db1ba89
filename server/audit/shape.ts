import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Static, TSchema } from '@sinclair/typebox';

/** A shape compiled at first use: the value, typed, or where it first differs from the shape. */
export type Reader<T> = (
  value: unknown,
) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };

export function readerOf<S extends TSchema>(schema: S): Reader<Static<S>> {
  let compiled: ValidateFunction<Static<S>> | undefined;
  return (value) => {
    compiled ??= new Ajv2020({ strict: true, discriminator: true }).compile<Static<S>>(schema);
    if (compiled(value)) return { ok: true, value };
    const [error] = compiled.errors ?? [];
    return { ok: false, fault: `${error?.instancePath || 'it'} ${error?.message ?? 'has the wrong shape'}` };
  };
}
