import { describe, expect, test } from '@jest/globals';
import { languages, type Scale } from '../../question-banks/schema.ts';
import { groupScales } from '../../server/reports/group-scales.ts';
import { viewReceipt } from '../../server/reports/view-receipt.ts';
import { viewScalesReport } from '../../server/reports/view-scales-report.ts';
import { receiptSource, scales, scalesSource, withheld } from './sample-pages.ts';
import { source } from './sample-report-source.ts';
import { wordsOf } from './words-of.ts';

const scale = (id: string, ...items: string[]): Scale => ({
  id,
  title: { en: id },
  items: items.map((item) => ({ item, reversed: false })),
  missing: { policy: 'prorate', floor: 0.8 },
});

describe('groups of scales', () => {
  const ids = (all: Scale[]) =>
    groupScales(all).map((g) => [g.domain?.id ?? null, ...g.facets.map((f) => f.id)]);

  test('facets are found by their items, whatever the order of the bank', () => {
    const n = scale('n', 'a', 'b', 'c', 'd');
    const n1 = scale('n1', 'a', 'b');
    const n2 = scale('n2', 'c', 'd');
    expect(ids([n1, n, n2])).toEqual([['n', 'n1', 'n2']]);
    expect(ids([n1, scale('x', 'z'), n, n2])).toEqual([
      ['n', 'n1', 'n2'],
      [null, 'x'],
    ]);
  });

  test('a facet belongs to the narrowest wider scale; overlapping scales and equal ones are not facets', () => {
    const wide = scale('wide', 'a', 'b', 'c', 'd', 'e', 'f');
    const narrow = scale('narrow', 'a', 'b', 'c');
    expect(ids([wide, narrow, scale('s', 'a', 'b')])).toEqual([
      ['wide', 'narrow'],
      ['narrow', 's'],
    ]);
    expect(ids([scale('p', 'a', 'b'), scale('q', 'b', 'c')])).toEqual([[null, 'p', 'q']]);
    expect(ids([scale('p', 'a', 'b'), scale('q', 'a', 'b')])).toEqual([[null, 'p', 'q']]);
  });
});

describe('the psychologist’s report', () => {
  test('shows every scale once in a table, with percent and interval as they stand in the withheld part', () => {
    const rows = viewScalesReport(scalesSource, 'en').blocks.flatMap((b) =>
      b.kind === 'table' && b.columns.length === 6 ? b.rows : [],
    );
    expect(rows).toHaveLength(scales.length);
    const scores = withheld.scales[0]?.scales ?? [];
    for (const s of scores) {
      const title = scales.find((x) => x.id === s.scale)?.title.en;
      const interval = s.interval === null ? '—' : `${s.interval.low}–${s.interval.high}`;
      const percent = s.percentOfMaximum === null ? '—' : String(s.percentOfMaximum);
      expect(rows).toContainEqual([
        title,
        `${s.answered} of ${s.items}`,
        s.raw === null ? '—' : String(s.raw),
        `${s.minimum}–${s.maximum}`,
        percent,
        interval,
      ]);
    }
  });

  test('names the method, says that there is no norm group and that the translation is not validated', () => {
    const en = wordsOf(viewScalesReport(scalesSource, 'en'));
    expect(en).toContain('the 95% interval; method: from the variance of this employee’s own answers');
    expect(en).toContain('No norm group is declared');
    expect(en).toContain('is not validated');
    expect(en).toContain('the psychologist writes the conclusion');
  });

  test('flags come with value, cutoff and source, and with the word of caution', () => {
    const en = wordsOf(viewScalesReport(scalesSource, 'en'));
    expect(en).toContain('Interpret with caution.');
    expect(en).toContain(
      'Number of equal answers in a row | 25 | 15 | Johnson (2005), J. Res. Pers. 39, 103–129',
    );
    const none = { ...scalesSource, withheld: { scales: withheld.scales.map((s) => ({ ...s, flags: [] })) } };
    expect(wordsOf(viewScalesReport(none, 'en'))).toContain('No sign was found that calls for caution.');
    expect(wordsOf(viewScalesReport(none, 'en'))).not.toContain('Interpret with caution.');
  });

  test('has no band, norm score or word about lying in any language', () => {
    const words = {
      en: /\b(sten|t-score|stanine|percentile|high|low|average|liar?|lying|lie scale|dishonest|honest|abnormal|normal)\b/i,
      ru: /(стен[^а-я]|т-балл|станайн|процентил|высок|низк|средн(ий|яя|ее)|лж|ложь|неискрен|честн|отклонени)/i,
      kk: /(стен[^а-я]|т-балл|процентил|жоғары|төмен[^д]|орташа|өтірік|шынайылық|адал)/i,
    };
    for (const lang of languages)
      expect(wordsOf(viewScalesReport(scalesSource, lang))).not.toMatch(words[lang]);
    for (const lang of languages) expect(viewScalesReport(scalesSource, lang).marks).toHaveLength(1);
  });

  test('a bank that is not given is an error, not an empty page', () => {
    expect(() => viewScalesReport({ ...scalesSource, questionnaires: [] }, 'en')).toThrow('ipip-neo@1.0.0');
    expect(() =>
      viewScalesReport(
        { ...scalesSource, withheld: { scales: [{ section: 'x', scales: [], flags: [] }] } },
        'en',
      ),
    ).toThrow('section x');
  });
});

describe('the receipt', () => {
  test('says in three languages how many answers are stored; the code and the hash stand once', () => {
    const words = wordsOf(viewReceipt(receiptSource, ['kk', 'ru', 'en']));
    for (const text of [
      'Сақталған жауаптар: 187 / 191.',
      'Сохранено ответов: 187 из 191.',
      'Answers stored: 187 of 191.',
      source.person.name,
    ])
      expect(words).toContain(text);
    expect(words.match(/K7QM-2XRT-94HD/g)).toHaveLength(1);
    expect(words).toContain(receiptSource.hash);
    expect(wordsOf(viewReceipt({ ...receiptSource, answersStored: 191 }, ['en']))).toContain(
      'All 191 answers are stored.',
    );
  });

  test('holds no result', () => {
    expect(wordsOf(viewReceipt(receiptSource, ['kk', 'ru', 'en']))).not.toMatch(
      /шекті балл|порог|threshold|score/i,
    );
  });

  test('parts in other languages carry their language', () => {
    const parts = viewReceipt(receiptSource, ['ru', 'kk', 'en']).blocks.flatMap((b) =>
      b.kind === 'part' ? [b.lang] : [],
    );
    expect(parts).toEqual(['kk', 'en']);
    expect(viewReceipt(receiptSource, ['ru']).blocks.some((b) => b.kind === 'part')).toBe(false);
  });
});
