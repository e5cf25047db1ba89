import type { Bank, Programme, Section } from './schema.ts';
import type { BanksByKey } from './programme-rule.ts';
import { publicationKey } from './publication-key.ts';

/** Every section with its JSON pointer and its bank; the bank is undefined when it is not known (rule bank-known tells). */
export const sectionsInProgramme = (
  programme: Programme,
  banks: BanksByKey,
): { readonly section: Section; readonly path: string; readonly bank: Bank | undefined }[] =>
  programme.sections.map((section, index) => ({
    section,
    path: `/sections/${index}`,
    bank: banks.get(publicationKey(section.bank)),
  }));
