/** Facts of an attempt over the test programme, without a store: the same form at every call. */
import type { Bank } from '../../question-banks/schema.ts';
import { canonical } from '../../server/audit/chain.ts';
import { asJson } from '../../server/audit/as-json.ts';
import { assembleForm } from '../../server/banks/assemble-form.ts';
import {
  findItemsOnForm,
  packForm,
  indexItems,
  type AttemptFacts,
  type ProgrammeSet,
  type Published,
} from '../../server/delivery/attempt-facts.ts';
import { publishedBanks, sha256, validProgramme } from '../banks/valid-bank.ts';

export function testFacts(attemptId = 'an-attempt'): AttemptFacts {
  const content = validProgramme();
  const text = canonical(asJson(content));
  const programme = { content, sha256: sha256(text), canonical: text };
  const published = publishedBanks();
  const banks: ReadonlyMap<string, Published<Bank>> = new Map(
    [...published].map(([key, b]) => [key, { content: b.bank, sha256: b.sha256, canonical: '' }]),
  );
  const set: ProgrammeSet = { programme, banks, items: indexItems(banks) };
  const form = assembleForm({
    programme: content,
    programmeSha256: programme.sha256,
    banks: published,
    seed: '0'.repeat(64),
    formId: attemptId,
  });
  return {
    attemptId,
    personName: 'Test',
    personnelNumber: '1',
    set,
    packedForm: packForm(form),
    itemsOnForm: findItemsOnForm(form, set),
    formSha256: sha256(canonical(asJson(form))),
    extraTimePercent: 0,
    largeText: false,
    highContrast: false,
  };
}
