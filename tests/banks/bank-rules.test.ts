import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Bank, LikertItem, SingleChoiceItem } from '../../question-banks/schema.ts';
import { bankRules, checkBank } from '../../question-banks/check-bank.ts';
import { loadBank } from '../../question-banks/load.ts';
import { bytesOf, validBank, validQuestionnaire } from './valid-bank.ts';

const at = <T>(list: readonly T[], index: number): T => {
  const value = list[index];
  if (value === undefined) throw new Error(`nothing at ${index}`);
  return value;
};
const choice = (bank: Bank, index: number): SingleChoiceItem => {
  const item = at(bank.items, index);
  if (item.kind !== 'single-choice') throw new Error('not a choice item');
  return item;
};
const likert = (bank: Bank, index: number): LikertItem => {
  const item = at(bank.items, index);
  if (item.kind !== 'likert') throw new Error('not a likert item');
  return item;
};
const norms = (scale: string) => ({ scale, mean: 10, sd: 2, reliability: 0.8 });
const normGroup = (...scales: string[]): Bank['normGroups'][number] => ({
  id: 'officers',
  title: { kk: 'Қызметкерлер', ru: 'Сотрудники', en: 'Employees' },
  language: 'ru',
  n: 250,
  collectedAt: '2026-02-01',
  method: 'all who took part',
  scales: scales.map(norms),
});
const renumber = (bank: Bank, name: (item: SingleChoiceItem, place: number) => string): void => {
  bank.items.forEach((_, index) => {
    const item = choice(bank, index);
    item.shuffle = true;
    const keyPlace = item.options.findIndex((option) => option.id === item.key);
    item.options.forEach((option, place) => (option.id = name(item, place)));
    item.key = at(item.options, keyPlace).id;
  });
};

const keyedWithoutTopic = (): Bank['items'][number] => {
  const item = structuredClone(at(validBank().practice, 0));
  delete item.topic;
  return item;
};

/** rule, what is wrong, base bank, how it is spoilt, where the problem points */
type Row = readonly [string, string, () => Bank, (bank: Bank) => void, string];
const rows: readonly Row[] = [
  [
    'ids-unique',
    'two items of one id',
    validBank,
    (b) => (at(b.items, 5).id = at(b.items, 4).id),
    '/items/5/id',
  ],
  [
    'ids-unique',
    'a practice item and an item of one id',
    validBank,
    (b) => (at(b.items, 3).id = at(b.practice, 0).id),
    '/items/3/id',
  ],
  [
    'ids-unique',
    'two options of one id',
    validBank,
    (b) => (at(choice(b, 1).options, 3).id = at(choice(b, 1).options, 0).id),
    '/items/1/options/3/id',
  ],
  [
    'ids-unique',
    'two topics of one id',
    validBank,
    (b) => b.topics.push({ ...at(b.topics, 0) }),
    '/topics/2/id',
  ],
  [
    'ids-unique',
    'two response scales of one id',
    validQuestionnaire,
    (b) => b.responseScales.push({ ...at(b.responseScales, 0) }),
    '/responseScales/1/id',
  ],
  [
    'ids-unique',
    'two scales of one id',
    validQuestionnaire,
    (b) => (at(b.scales, 1).id = 'order'),
    '/scales/1/id',
  ],
  [
    'ids-unique',
    'two norm groups of one id',
    validQuestionnaire,
    (b) => b.normGroups.push(normGroup('order'), normGroup('order')),
    '/normGroups/1/id',
  ],
  [
    'key-among-options',
    'a key of another item',
    validBank,
    (b) => (choice(b, 2).key = choice(b, 3).key),
    '/items/2/key',
  ],
  [
    'key-among-options',
    'a key of a practice item that is no option',
    validBank,
    (b) => Object.assign(at(b.practice, 0), { key: 'zzz' }),
    '/practice/0/key',
  ],
  ['topics-known', 'an unknown topic', validBank, (b) => (choice(b, 2).topic = 'weather'), '/items/2/topic'],
  ['topics-known', 'a knowledge item without topic', validBank, (b) => delete choice(b, 2).topic, '/items/2'],
  [
    'responses-known',
    'an unknown response scale',
    validQuestionnaire,
    (b) => (likert(b, 0).responses = 'frequency'),
    '/items/0/responses',
  ],
  [
    'response-values-distinct',
    'two responses of one value',
    validQuestionnaire,
    (b) => (at(at(b.responseScales, 0).responses, 4).value = 4),
    '/responseScales/0/responses/4/value',
  ],
  [
    'scales-known',
    'an unknown item in a scale',
    validQuestionnaire,
    (b) => (at(at(b.scales, 0).items, 1).item = 'zzz'),
    '/scales/0/items/1/item',
  ],
  [
    'scales-known',
    'an item twice in a scale',
    validQuestionnaire,
    (b) => at(b.scales, 0).items.push({ ...at(at(b.scales, 0).items, 0) }),
    '/scales/0/items/3/item',
  ],
  [
    'scales-known',
    'a choice item in a scale',
    validBank,
    (b) =>
      b.scales.push({
        id: 's',
        title: b.title,
        items: [{ item: at(b.items, 0).id, reversed: false }],
        missing: { policy: 'prorate', floor: 1 },
      }),
    '/scales/0/items/0/item',
  ],
  [
    'norm-group-scales-known',
    'norms of an unknown scale',
    validQuestionnaire,
    (b) => b.normGroups.push(normGroup('courage')),
    '/normGroups/0/scales/0/scale',
  ],
  [
    'norm-group-scales-known',
    'two norms of one scale',
    validQuestionnaire,
    (b) => b.normGroups.push(normGroup('calm', 'calm')),
    '/normGroups/0/scales/1/scale',
  ],
  [
    'norm-group-scales-known',
    'norms in a language that the bank does not have',
    validQuestionnaire,
    (b) => {
      delete b.languages.en;
      b.normGroups.push({ ...normGroup('calm'), language: 'en' });
    },
    '/normGroups/0/language',
  ],
  [
    'languages-complete',
    'a stem without Kazakh',
    validBank,
    (b) => delete at(b.items, 4).stem.kk,
    '/items/4/stem',
  ],
  [
    'languages-complete',
    'an option without English',
    validBank,
    (b) => delete at(choice(b, 4).options, 2).text.en,
    '/items/4/options/2/text',
  ],
  [
    'languages-complete',
    'a note without Russian',
    validBank,
    (b) => delete b.languages.en?.note?.ru,
    '/languages/en/note',
  ],
  [
    'languages-complete',
    'a response without Kazakh',
    validQuestionnaire,
    (b) => delete at(at(b.responseScales, 0).responses, 1).text.kk,
    '/responseScales/0/responses/1/text',
  ],
  [
    'languages-complete',
    'a scale title without Kazakh',
    validQuestionnaire,
    (b) => delete at(b.scales, 1).title.kk,
    '/scales/1/title',
  ],
  [
    'questionnaire-kinds',
    'a likert item in an ability bank',
    validQuestionnaire,
    (b) => {
      b.kind = 'ability';
      b.topics.push({ id: 'any', title: b.title });
      for (const item of b.items) item.topic = 'any';
    },
    '/items/0/kind',
  ],
  [
    'questionnaire-kinds',
    'a keyed item in a questionnaire',
    validQuestionnaire,
    (b) => b.items.push(keyedWithoutTopic()),
    '/items/6/kind',
  ],
  [
    'shuffle-only-choice',
    'shuffled numbers',
    validBank,
    (b) =>
      choice(b, 1).options.forEach((option, place) => {
        option.text = { kk: `${place}0`, ru: `${place}0,5 %`, en: `-${place} 000` };
      }),
    '/items/1/shuffle',
  ],
  [
    'option-texts-distinct',
    'two options that read the same',
    validBank,
    (b) => (at(choice(b, 0).options, 1).text.ru = ` ${at(choice(b, 0).options, 0).text.ru}\u00a0`),
    '/items/0/options/1/text/ru',
  ],
  [
    'option-texts-distinct',
    'two responses that read the same',
    validQuestionnaire,
    (b) => (at(at(b.responseScales, 0).responses, 3).text.en = 'Disagree'),
    '/responseScales/0/responses/3/text/en',
  ],
  [
    'item-ids-opaque',
    'an item id that contains "key"',
    validBank,
    (b) => (at(b.items, 0).id = 'hotkey1'),
    '/items/0/id',
  ],
  [
    'item-ids-opaque',
    'a practice id that contains "true"',
    validBank,
    (b) => (at(b.practice, 0).id = 'untrue'),
    '/practice/0/id',
  ],
  [
    'item-ids-opaque',
    'option ids a, b, c, d',
    validBank,
    (b) => {
      const item = choice(b, 0);
      const place = item.options.findIndex((option) => option.id === item.key);
      item.options.forEach((option, index) => (option.id = at(['a', 'b', 'c', 'd'], index)));
      item.key = at(['a', 'b', 'c', 'd'], place);
    },
    '/items/0/options/0/id',
  ],
  [
    'item-ids-opaque',
    'the key always at the third place, not shuffled',
    validBank,
    (b) =>
      b.items.forEach((_, index) => {
        choice(b, index).shuffle = false;
        choice(b, index).key = at(choice(b, index).options, 2).id;
      }),
    '/items',
  ],
  [
    'item-ids-opaque',
    'the key always has the same option id',
    validBank,
    (b) => {
      b.items.forEach((_, index) => (choice(b, index).key = at(choice(b, index).options, 0).id));
      renumber(b, (_, place) => `o${place + 1}`);
    },
    '/items',
  ],
  [
    'item-ids-opaque',
    'the key always first by alphabet',
    validBank,
    (b) => {
      b.items.forEach((_, index) => (choice(b, index).key = at(choice(b, index).options, 3).id));
      renumber(b, (item, place) => `${item.id}-${9 - place}`);
    },
    '/items',
  ],
  [
    'source-missing',
    'a knowledge item without source',
    validBank,
    (b) => delete at(b.items, 7).source,
    '/items/7',
  ],
  [
    'law-in-force',
    'an edition that is not in force, in a pilot',
    validBank,
    (b) => {
      const { source } = at(b.items, 7);
      if (source !== undefined) source.inForce = false;
    },
    '/items/7/source/inForce',
  ],
  [
    'days-real',
    'the 30th of February',
    validBank,
    (b) => Object.assign(at(b.items, 7).source ?? {}, { checkedAt: '2026-02-30' }),
    '/items/7/source/checkedAt',
  ],
  [
    'days-real',
    'the 29th of February 2100',
    validBank,
    (b) => Object.assign(at(b.practice, 0).source ?? {}, { effectiveTo: '2100-02-29' }),
    '/practice/0/source/effectiveTo',
  ],
  [
    'days-real',
    'month 13',
    validQuestionnaire,
    (b) => b.normGroups.push({ ...normGroup('calm'), collectedAt: '2026-13-01' }),
    '/normGroups/0/collectedAt',
  ],
  [
    'days-real',
    'an end before the beginning',
    validBank,
    (b) =>
      Object.assign(at(b.items, 7).source ?? {}, { effectiveFrom: '2026-07-01', effectiveTo: '2026-06-30' }),
    '/items/7/source/effectiveTo',
  ],
  [
    'operational-evidence',
    'operational use of a translation that nobody reviewed',
    validQuestionnaire,
    (b) => (b.languages.kk = { translation: 'not-validated', use: 'operational' }),
    '/languages/kk/use',
  ],
];

describe('rules of banks', () => {
  test('the valid banks are clean', () => {
    expect(checkBank(validBank())).toEqual([]);
    expect(checkBank(validQuestionnaire())).toEqual([]);
  });

  test.each(rows)('%s: %s', (rule, _what, base, spoil, path) => {
    const bank = base();
    spoil(bank);
    const loaded = loadBank(bytesOf(bank));
    expect(loaded).toMatchObject({ ok: true });
    if (!loaded.ok) return;
    const problems = checkBank(loaded.bank);
    expect(new Set(problems.map((problem) => problem.rule))).toEqual(new Set([rule]));
    expect(problems.map((problem) => problem.path)).toContain(path);
    for (const { text } of problems) expect(text).toMatch(/\w{3}/);
  });

  test('every rule has a bad bank, is named as its file, and runs', () => {
    const files = readdirSync(new URL('../../question-banks/rules/', import.meta.url)).map((file) =>
      file.replace(/\.ts$/, ''),
    );
    expect(bankRules.map((rule) => rule.name).toSorted()).toEqual(files.toSorted());
    expect([...new Set(rows.map(([rule]) => rule))].toSorted()).toEqual(files.toSorted());
  });

  test('a draft needs no source and may rest on an old edition', () => {
    const bank = validBank();
    const first = at(bank.items, 0);
    first.draft = true;
    delete first.source;
    const second = at(bank.items, 1);
    second.draft = true;
    if (second.source !== undefined) second.source.inForce = false;
    expect(checkBank(bank)).toEqual([]);
  });

  test('an old edition may be demonstrated, and more languages than declared may be written', () => {
    const bank = validBank();
    bank.languages = { ru: { translation: 'original', use: 'demonstration' } };
    for (const item of bank.items) if (item.source !== undefined) item.source.inForce = false;
    expect(checkBank(bank)).toEqual([]);
  });

  test('a reviewed translation may be operational', () => {
    const bank = validBank();
    bank.languages.kk = { translation: 'reviewed', use: 'operational' };
    expect(checkBank(bank)).toEqual([]);
  });

  test('all faults come at once', () => {
    const bank = validBank();
    delete at(bank.items, 0).stem.kk;
    choice(bank, 1).key = 'zzz';
    choice(bank, 2).topic = 'weather';
    expect(checkBank(bank).map((problem) => problem.rule)).toEqual([
      'key-among-options',
      'topics-known',
      'languages-complete',
    ]);
  });

  test('keys spread evenly over option ids pass, also when ids repeat from item to item', () => {
    const bank = validBank();
    renumber(bank, (_, place) => `o${place + 1}`);
    expect(checkBank(bank)).toEqual([]);
  });
});
