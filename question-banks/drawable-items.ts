import type { Bank, Item, Section } from './schema.ts';

/** Items of a bank that may be given to a person: everything but drafts, in the order of the bank. */
export const drawableItems = (bank: Bank): Item[] => bank.items.filter((item) => item.draft !== true);

/**
 * Items of which a section's form is made or drawn: for quotas the pools of the topics named, for `all` the whole bank, for `items`
 * those named, in the order named. Names and topics that the bank does not have give nothing; drafts are never among them.
 */
export const itemsOpenTo = (section: Section, bank: Bank): Item[] => {
  const drawable = drawableItems(bank);
  const { pick } = section;
  switch (pick.how) {
    case 'all':
      return drawable;
    case 'items':
      return pick.items.flatMap((id) => drawable.find((item) => item.id === id) ?? []);
    case 'quotas': {
      const topics = new Set(pick.quotas.map((quota) => quota.topic));
      return drawable.filter((item) => item.topic !== undefined && topics.has(item.topic));
    }
  }
};
