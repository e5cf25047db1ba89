import type { PublicationRef } from './schema.ts';

/** How a published bank or programme is named in maps and messages: id@version. */
export type PublicationKey = `${string}@${string}`;

/** `publicationKey({ id: 'logic', version: '1.0.0' })` is `logic@1.0.0`. */
export const publicationKey = (ref: Pick<PublicationRef, 'id' | 'version'>): PublicationKey =>
  `${ref.id}@${ref.version}`;
