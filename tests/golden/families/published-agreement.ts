import type { Family } from '../family.ts';
import { family as raters } from './raters.ts';

/** The same checks as for raters; the published data sets differ only in the names of their tables. */
export const family: Family = raters;
