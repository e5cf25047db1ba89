import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Bank, Programme, Section } from '../../question-banks/schema.ts';
import { checkBank } from '../../question-banks/check-bank.ts';
import { checkProgramme, programmeRules } from '../../question-banks/check-programme.ts';
import { loadProgramme } from '../../question-banks/load.ts';
import { publicationKey } from '../../question-banks/publication-key.ts';
import { bytesOf, validBank, validProgramme, validQuestionnaire } from './valid-bank.ts';

const rules = (programme: Programme): Section => {
  const [section] = programme.sections;
  if (section === undefined) throw new Error('no section');
  return section;
};
const style = (programme: Programme): Section => {
  const [, section] = programme.sections;
  if (section === undefined) throw new Error('no second section');
  return section;
};
const itemIds = (bank: Bank): string[] => bank.items.map((item) => item.id);
const [one = '', two = ''] = itemIds(validBank());

interface Spoilt {
  readonly programme: Programme;
  readonly bank: Bank;
  readonly questionnaire: Bank;
}
/** rule, what is wrong, how programme and banks are spoilt, where the problem points */
type Row = readonly [string, string, (all: Spoilt) => void, string];
const rows: readonly Row[] = [
  [
    'section-ids-unique',
    'two sections of one id',
    ({ programme }) => (style(programme).id = 'rules'),
    '/sections/1/id',
  ],
  [
    'bank-known',
    'an unknown version',
    ({ programme }) => (rules(programme).bank.version = '1.0.1'),
    '/sections/0/bank',
  ],
  [
    'items-known',
    'an item that is not there',
    ({ programme }) => (rules(programme).pick = { how: 'items', items: [...itemIds(validBank()), 'zzz'] }),
    '/sections/0/pick/items/12',
  ],
  [
    'items-known',
    'a draft',
    ({ programme, bank }) => {
      rules(programme).pick = { how: 'items', items: itemIds(bank) };
      for (const item of bank.items.slice(0, 1)) item.draft = true;
    },
    '/sections/0/pick/items/0',
  ],
  [
    'items-known',
    'an item twice',
    ({ programme }) => (rules(programme).pick = { how: 'items', items: [...itemIds(validBank()), one] }),
    '/sections/0/pick/items/12',
  ],
  [
    'items-known',
    'a practice item',
    ({ programme, bank }) =>
      (rules(programme).pick = { how: 'items', items: [...itemIds(bank), bank.practice[0]?.id ?? ''] }),
    '/sections/0/pick/items/12',
  ],
  [
    'quota-reachable',
    'more than there are',
    ({ programme }) => (rules(programme).pick = { how: 'quotas', quotas: [{ topic: 'service', count: 7 }] }),
    '/sections/0/pick/quotas/0/count',
  ],
  [
    'quota-reachable',
    'enough only with drafts',
    ({ bank }) => {
      for (const item of bank.items.slice(0, 3)) item.draft = true;
    },
    '/sections/0/pick/quotas/0/count',
  ],
  [
    'quota-reachable',
    'an unknown topic',
    ({ programme }) => (rules(programme).pick = { how: 'quotas', quotas: [{ topic: 'weather', count: 1 }] }),
    '/sections/0/pick/quotas/0/topic',
  ],
  [
    'quota-reachable',
    'two quotas of one topic',
    ({ programme }) =>
      (rules(programme).pick = {
        how: 'quotas',
        quotas: [
          { topic: 'service', count: 4 },
          { topic: 'service', count: 2 },
        ],
      }),
    '/sections/0/pick/quotas/1/topic',
  ],
  [
    'quota-reachable',
    'drafts only',
    ({ questionnaire }) => {
      for (const item of questionnaire.items) item.draft = true;
    },
    '/sections/1/pick',
  ],
  [
    'items-once',
    'two sections that draw from one topic',
    ({ programme }) => programme.sections.push({ ...rules(programme), id: 'again' }),
    '/sections/2',
  ],
  [
    'items-once',
    'two banks with an item of the same id',
    ({ questionnaire, bank }) => {
      const [item] = questionnaire.items;
      const [scale] = questionnaire.scales;
      if (item === undefined || scale === undefined) return;
      item.id = itemIds(bank)[0] ?? '';
      for (const part of scale.items.slice(0, 1)) part.item = item.id;
    },
    '/sections/1',
  ],
  [
    'threshold-reachable',
    'a total above the number of items',
    ({ programme }) => Object.assign(rules(programme).threshold ?? {}, { total: 9 }),
    '/sections/0/threshold/total',
  ],
  [
    'threshold-reachable',
    'more of each topic than is asked',
    ({ programme }) => Object.assign(rules(programme).threshold ?? {}, { eachTopic: 5 }),
    '/sections/0/threshold/eachTopic',
  ],
  [
    'threshold-reachable',
    'more of each topic than the items picked give',
    ({ programme }) => {
      rules(programme).pick = { how: 'items', items: [one, two] };
      Object.assign(rules(programme).threshold ?? {}, { total: 2, eachTopic: 3 });
    },
    '/sections/0/threshold/eachTopic',
  ],
  [
    'questionnaire-sections',
    'a threshold',
    ({ programme }) => Object.assign(style(programme), { threshold: rules(programme).threshold }),
    '/sections/1/threshold',
  ],
  [
    'questionnaire-sections',
    'a drawn order',
    ({ programme }) => (style(programme).order = 'drawn'),
    '/sections/1/order',
  ],
  [
    'questionnaire-sections',
    'a switch of language',
    ({ programme }) => (style(programme).languageSwitch = true),
    '/sections/1/languageSwitch',
  ],
  [
    'questionnaire-sections',
    'quotas',
    ({ programme, questionnaire }) => {
      questionnaire.topics.push({ id: 'any', title: questionnaire.title });
      for (const item of questionnaire.items) item.topic = 'any';
      style(programme).pick = { how: 'quotas', quotas: [{ topic: 'any', count: 3 }] };
    },
    '/sections/1/pick/how',
  ],
  [
    'languages-covered',
    'a bank without English',
    ({ questionnaire }) => {
      delete questionnaire.languages.en;
    },
    '/sections/1/bank',
  ],
  [
    'programme-texts-complete',
    'a title without Kazakh',
    ({ programme }) => delete style(programme).title.kk,
    '/sections/1/title',
  ],
  [
    'programme-texts-complete',
    'a notice without English',
    ({ programme }) => delete programme.notice.paragraphs[0]?.en,
    '/notice/paragraphs/0',
  ],
  [
    'programme-texts-complete',
    'a basis without Russian',
    ({ programme }) => delete rules(programme).threshold?.basis.ru,
    '/sections/0/threshold/basis',
  ],
  [
    'use-not-above-bank',
    'an operational programme of pilot banks',
    ({ programme }) => (programme.use = 'operational'),
    '/sections/0/bank',
  ],
  [
    'use-not-above-bank',
    'a pilot of a bank that is a demonstration in one language',
    ({ bank }) => (bank.languages.kk = { translation: 'reviewed', use: 'demonstration' }),
    '/sections/0/bank',
  ],
];

const banksOf = ({ bank, questionnaire }: Omit<Spoilt, 'programme'>) =>
  new Map([bank, questionnaire].map((each) => [publicationKey(each), each]));

describe('rules of programmes', () => {
  test('the valid programme is clean', () => {
    expect(
      checkProgramme(validProgramme(), banksOf({ bank: validBank(), questionnaire: validQuestionnaire() })),
    ).toEqual([]);
  });

  test.each(rows)('%s: %s', (rule, _what, spoil, path) => {
    const all = { programme: validProgramme(), bank: validBank(), questionnaire: validQuestionnaire() };
    spoil(all);
    const loaded = loadProgramme(bytesOf(all.programme));
    expect(loaded).toMatchObject({ ok: true });
    expect(checkBank(all.bank)).toEqual([]);
    expect(checkBank(all.questionnaire)).toEqual([]);
    if (!loaded.ok) return;
    const problems = checkProgramme(loaded.programme, banksOf(all));
    expect(new Set(problems.map((problem) => problem.rule))).toEqual(new Set([rule]));
    expect(problems.map((problem) => problem.path)).toContain(path);
  });

  test('every rule has a bad programme, is named as its file, and runs', () => {
    const files = readdirSync(new URL('../../question-banks/programme-rules/', import.meta.url)).map((file) =>
      file.replace(/\.ts$/, ''),
    );
    expect(programmeRules.map((rule) => rule.name).toSorted()).toEqual(files.toSorted());
    expect([...new Set(rows.map(([rule]) => rule))].toSorted()).toEqual(files.toSorted());
  });

  test('two sections may share a bank when they draw from different topics', () => {
    const programme = validProgramme();
    const section = rules(programme);
    section.pick = { how: 'quotas', quotas: [{ topic: 'service', count: 4 }] };
    programme.sections.push({
      ...structuredClone(section),
      id: 'more',
      pick: { how: 'quotas', quotas: [{ topic: 'ethics', count: 4 }] },
    });
    expect(
      checkProgramme(programme, banksOf({ bank: validBank(), questionnaire: validQuestionnaire() })),
    ).toEqual([]);
  });

  test('thresholds that everybody could just reach are allowed', () => {
    const programme = validProgramme();
    Object.assign(rules(programme).threshold ?? {}, { total: 8, eachTopic: 4 });
    expect(
      checkProgramme(programme, banksOf({ bank: validBank(), questionnaire: validQuestionnaire() })),
    ).toEqual([]);
  });
});
