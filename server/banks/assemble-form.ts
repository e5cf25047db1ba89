import type { Bank, Form, FormItem, Item, Programme, Section } from '../../question-banks/schema.ts';
import { drawableItems, itemsOpenTo } from '../../question-banks/drawable-items.ts';
import { publicationKey, type PublicationKey } from '../../question-banks/publication-key.ts';
import { drawFrom, seededDraw } from './seeded-draw.ts';

export interface PublishedBank {
  readonly bank: Bank;
  /** SHA-256 of the canonical JSON, 64 hexadecimal digits */
  readonly sha256: string;
}

export interface FormInput {
  /** free of problems of `checkProgramme` */
  readonly programme: Programme;
  readonly programmeSha256: string;
  /** at least the banks that the programme names; each free of problems of `checkBank` */
  readonly banks: ReadonlyMap<PublicationKey, PublishedBank>;
  /** 64 lower-case hexadecimal digits, cryptographically random, kept with the form */
  readonly seed: string;
  readonly formId: string;
}

const chooseItems = (section: Section, bank: Bank, seed: string): Item[] => {
  const { pick } = section;
  if (pick.how !== 'quotas') return itemsOpenTo(section, bank);
  const drawable = drawableItems(bank);
  const chosen = new Set(
    pick.quotas.flatMap(({ topic, count }) => {
      const pool = drawable.filter((item) => item.topic === topic);
      return drawFrom(pool, count, seededDraw(seed, `${section.id}/topic/${topic}`));
    }),
  );
  // In the order of the bank: the order of drawing is not the order of the form.
  return drawable.filter((item) => chosen.has(item));
};

const formItem = (item: Item, section: Section, seed: string): FormItem => {
  switch (item.kind) {
    case 'single-choice': {
      const options = item.options.map((option) => option.id);
      const draw = seededDraw(seed, `${section.id}/options/${item.id}`);
      return { item: item.id, options: item.shuffle ? drawFrom(options, options.length, draw) : options };
    }
    case 'likert':
      return { item: item.id };
  }
};

/**
 * What one attempt is given: which items, in which order, with which order of options. A pure function of its arguments; the same
 * seed gives the same form for ever (see seeded-draw.ts for the generator). For each section, with labels of the section's id:
 *
 * 1. quotas: `count` items of each topic's pool (no drafts, order of the bank) drawn without replacement, label `SECTION/topic/TOPIC`,
 *    and put into the order of the bank; `all`: every item that is no draft; `items`: those named, in the order named;
 * 2. order `drawn`: the items of the whole section shuffled, label `SECTION/order`; `fixed`: left as they are;
 * 3. options of items with `shuffle`: shuffled, label `SECTION/options/ITEM`; of others: the author's order.
 *
 * @throws Error when programme and banks do not fit together; `checkProgramme` finds that before publication
 */
export const assembleForm = ({ programme, programmeSha256, banks, seed, formId }: FormInput): Form => {
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new RangeError('a seed has 64 lower-case hexadecimal digits');
  const used = new Map<PublicationKey, PublishedBank>();
  const sections = programme.sections.map((section) => {
    const key = publicationKey(section.bank);
    const published = banks.get(key);
    if (published === undefined) throw new RangeError(`section ${section.id}: bank ${key} is not at hand`);
    used.set(key, published);
    const chosen = chooseItems(section, published.bank, seed);
    if (chosen.length === 0) throw new RangeError(`section ${section.id}: no item can be given`);
    if (section.pick.how === 'items' && chosen.length < section.pick.items.length)
      throw new RangeError(`section ${section.id}: an item it names cannot be given`);
    const ordered =
      section.order === 'drawn'
        ? drawFrom(chosen, chosen.length, seededDraw(seed, `${section.id}/order`))
        : chosen;
    return {
      section: section.id,
      bank: { id: section.bank.id, version: section.bank.version },
      items: ordered.map((item) => formItem(item, section, seed)),
    };
  });
  return {
    id: formId,
    seed,
    programme: { id: programme.id, version: programme.version, sha256: programmeSha256 },
    banks: [...used.values()].map(({ bank, sha256 }) => ({ id: bank.id, version: bank.version, sha256 })),
    sections,
  };
};
