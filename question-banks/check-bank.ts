import type { Bank, Problem } from './schema.ts';
import type { BankRule } from './rule.ts';
import { daysReal } from './rules/days-real.ts';
import { idsUnique } from './rules/ids-unique.ts';
import { itemIdsOpaque } from './rules/item-ids-opaque.ts';
import { keyAmongOptions } from './rules/key-among-options.ts';
import { languagesComplete } from './rules/languages-complete.ts';
import { lawInForce } from './rules/law-in-force.ts';
import { normGroupScalesKnown } from './rules/norm-group-scales-known.ts';
import { operationalEvidence } from './rules/operational-evidence.ts';
import { optionTextsDistinct } from './rules/option-texts-distinct.ts';
import { questionnaireKinds } from './rules/questionnaire-kinds.ts';
import { responseValuesDistinct } from './rules/response-values-distinct.ts';
import { responsesKnown } from './rules/responses-known.ts';
import { scalesKnown } from './rules/scales-known.ts';
import { shuffleOnlyChoice } from './rules/shuffle-only-choice.ts';
import { sourceMissing } from './rules/source-missing.ts';
import { topicsKnown } from './rules/topics-known.ts';

/** All semantic rules of banks, in the order their problems are reported. */
export const bankRules: readonly BankRule[] = [
  idsUnique,
  keyAmongOptions,
  topicsKnown,
  responsesKnown,
  responseValuesDistinct,
  scalesKnown,
  normGroupScalesKnown,
  languagesComplete,
  questionnaireKinds,
  shuffleOnlyChoice,
  optionTextsDistinct,
  itemIdsOpaque,
  sourceMissing,
  lawInForce,
  daysReal,
  operationalEvidence,
];

/**
 * Everything that the shape of a bank cannot say.
 * @param bank as `loadBank` returns it
 * @returns all problems of all rules; [] when the bank may be published
 */
export const checkBank = (bank: Bank): Problem[] => bankRules.flatMap((rule) => rule.check(bank));
