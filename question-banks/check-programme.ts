import type { Problem, Programme } from './schema.ts';
import type { BanksByKey, ProgrammeRule } from './programme-rule.ts';
import { bankKnown } from './programme-rules/bank-known.ts';
import { itemsKnown } from './programme-rules/items-known.ts';
import { itemsOnce } from './programme-rules/items-once.ts';
import { languagesCovered } from './programme-rules/languages-covered.ts';
import { programmeTextsComplete } from './programme-rules/programme-texts-complete.ts';
import { questionnaireSections } from './programme-rules/questionnaire-sections.ts';
import { quotaReachable } from './programme-rules/quota-reachable.ts';
import { sectionIdsUnique } from './programme-rules/section-ids-unique.ts';
import { thresholdReachable } from './programme-rules/threshold-reachable.ts';
import { useNotAboveBank } from './programme-rules/use-not-above-bank.ts';

/** All semantic rules of programmes, in the order their problems are reported. */
export const programmeRules: readonly ProgrammeRule[] = [
  sectionIdsUnique,
  bankKnown,
  itemsKnown,
  quotaReachable,
  itemsOnce,
  thresholdReachable,
  questionnaireSections,
  languagesCovered,
  programmeTextsComplete,
  useNotAboveBank,
];

/**
 * Everything that the shape of a programme cannot say.
 * @param programme as `loadProgramme` returns it
 * @param banks by id@version, each of them free of problems of `checkBank`
 * @returns all problems of all rules; [] when the programme may be published
 */
export const checkProgramme = (programme: Programme, banks: BanksByKey): Problem[] =>
  programmeRules.flatMap((rule) => rule.check(programme, banks));
