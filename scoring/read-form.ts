import type { AnswerValue, Bank, Form, Programme, Section } from '../question-banks/schema.ts';
import { publicationKey } from '../question-banks/publication-key.ts';
import { InconsistentInput } from './inconsistent-input.ts';
import { InvalidAnswer } from './invalid-answer.ts';
import { markItem, type MarkedItem } from './kinds/mark-item.ts';

/** A section of the form with everything that scoring it needs. */
export interface MarkedSection {
  readonly section: Section;
  readonly bank: Bank;
  /** in the order of the form */
  readonly items: readonly MarkedItem[];
}

const sameOptions = (shown: readonly string[], written: readonly string[]): boolean =>
  shown.length === written.length &&
  new Set(shown).size === shown.length &&
  shown.every((id) => written.includes(id));

/**
 * Brings form, programme, banks and answers together and marks every item.
 * @throws InconsistentInput when they do not belong together: another programme, a bank, section or item that is missing, options of the form
 *   that are not the item's, an item id that occurs twice on the form (answers name items by id alone)
 * @throws InvalidAnswer
 */
export function readForm(
  form: Form,
  programme: Programme,
  banks: ReadonlyMap<string, Bank>,
  answers: ReadonlyMap<string, AnswerValue>,
): MarkedSection[] {
  if (publicationKey(form.programme) !== publicationKey(programme))
    throw new InconsistentInput('form', 'made for another programme');
  const seen = new Set<string>();

  const sections = form.sections.map((formSection): MarkedSection => {
    const place = `section ${formSection.section}`;
    const section = programme.sections.find((one) => one.id === formSection.section);
    if (section === undefined) throw new InconsistentInput(place, 'not in the programme');
    const key = publicationKey(formSection.bank);
    const bank = banks.get(key);
    if (bank === undefined || publicationKey(bank) !== key)
      throw new InconsistentInput(place, `bank ${key} is missing`);
    if (publicationKey(section.bank) !== key)
      throw new InconsistentInput(place, 'the programme names another bank');
    const byId = new Map(bank.items.map((item) => [item.id, item]));

    const items = formSection.items.map((formItem) => {
      const item = byId.get(formItem.item);
      if (item === undefined) throw new InconsistentInput(`item ${formItem.item}`, `not in bank ${key}`);
      if (seen.has(item.id)) throw new InconsistentInput(`item ${item.id}`, 'occurs twice on the form');
      seen.add(item.id);
      const written = item.kind === 'single-choice' ? item.options.map((option) => option.id) : null;
      if (formItem.options !== undefined && (written === null || !sameOptions(formItem.options, written))) {
        throw new InconsistentInput(`item ${item.id}`, 'the options of the form are not those of the bank');
      }
      return markItem(item, bank, answers.get(item.id) ?? null);
    });
    return { section, bank, items };
  });

  for (const id of answers.keys()) if (!seen.has(id)) throw new InvalidAnswer(id, 'not-on-form');
  return sections;
}
