/** What never changes about an attempt once it was issued: form, programme, banks, extra time. Shared by every attempt where it can be. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bank, Form, Item, Programme, Section } from '../../question-banks/schema.ts';
import { publicationKey } from '../../question-banks/publication-key.ts';

/** A published file as the register keeps it. */
export interface Published<T> {
  readonly content: T;
  readonly sha256: string;
  /** RFC 8785 text */
  readonly canonical: string;
}

/** Everything that acts need of a programme and its banks; one object per programme version, shared by all attempts. */
export interface ProgrammeSet {
  readonly programme: Published<Programme>;
  /** by id@version */
  readonly banks: ReadonlyMap<string, Published<Bank>>;
  /** by id@version of the bank, then by item id */
  readonly items: ReadonlyMap<string, ReadonlyMap<string, Item>>;
}

export function indexItems(
  banks: ReadonlyMap<string, Published<Bank>>,
): ReadonlyMap<string, ReadonlyMap<string, Item>> {
  return new Map([...banks].map(([key, bank]) => [key, new Map(bank.content.items.map((i) => [i.id, i]))]));
}

export interface AttemptFacts {
  readonly attemptId: string;
  readonly personName: string;
  readonly personnelNumber: string;
  readonly set: ProgrammeSet;
  /** the frozen form, packed: five thousand of them are in memory on the day, and few are read at a time */
  readonly packedForm: Buffer;
  /** the items of each section in the order of the form; they are those of the bank, shared by all attempts */
  readonly itemsOnForm: readonly (readonly Item[])[];
  readonly formSha256: string;
  readonly extraTimePercent: number;
  readonly largeText: boolean;
  readonly highContrast: boolean;
}

/** The frozen form. */
export function formOf(facts: AttemptFacts): Form {
  const form: Form = JSON.parse(inflateRawSync(facts.packedForm).toString());
  return form;
}

export function packForm(form: Form): Buffer {
  return deflateRawSync(JSON.stringify(form));
}

/** @throws Error when form and banks do not belong together: they were checked when the form was frozen */
export function findItemsOnForm(form: Form, set: ProgrammeSet): Item[][] {
  return form.sections.map((section) => {
    const items = set.items.get(publicationKey(section.bank));
    return section.items.map(({ item }) => {
      const found = items?.get(item);
      if (!found) throw new Error(`form ${form.id}: item ${item} is not in its bank`);
      return found;
    });
  });
}

/** Time of a section with the person's extra time, rounded up to whole seconds in the person's favour. */
export function limitWithExtraTime(section: Section, extraTimePercent: number): number {
  return Math.ceil((section.limitMs * (100 + extraTimePercent)) / 100 / 1000) * 1000;
}

export interface BankItem {
  readonly bank: Bank;
  readonly item: Item;
}

/** @throws Error when programme, form and banks do not belong together: they were checked when the form was frozen */
export function bankOfSection(facts: AttemptFacts, sectionIndex: number): Bank {
  const bank = facts.set.banks.get(publicationKey(programmeSection(facts, sectionIndex).bank));
  if (!bank) throw new Error(`attempt ${facts.attemptId}: no bank for section ${sectionIndex}`);
  return bank.content;
}

/** The item of that id in that section of this attempt's form, or null. */
export function itemOnForm(facts: AttemptFacts, sectionIndex: number, itemId: string): BankItem | null {
  const item = facts.itemsOnForm[sectionIndex]?.find((i) => i.id === itemId);
  return item ? { bank: bankOfSection(facts, sectionIndex), item } : null;
}

export function programmeSection(facts: AttemptFacts, sectionIndex: number): Section {
  const section = facts.set.programme.content.sections[sectionIndex];
  if (!section) throw new Error(`attempt ${facts.attemptId}: no section ${sectionIndex}`);
  return section;
}
