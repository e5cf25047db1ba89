import type { RefusalOf, RequestName } from '../../server/wire/contract.ts';

/** Every code a page can be refused with: those of the contract and those of the plain routes it posts to. */
export type RefusalCode =
  RefusalOf<RequestName> | 'CODE_REFUSED' | 'TOO_MANY_TRIES' | 'BAD_ORIGIN' | 'TOO_LARGE';
