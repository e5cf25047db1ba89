import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reverse } from '../../scoring/kinds/likert.ts';
import { score } from '../../scoring/score.ts';
import { bankOf, inputOf, scaleOf, statement } from './make-input.ts';

/** Shape of the 120-item inventory: 30 facets of 4, 5 domains of 24, every second item reversed. */
const ids = Array.from({ length: 120 }, (_, i) => `p${i + 1}`);
const members = (chosen: string[]) =>
  chosen.map((item) => ({ item, reversed: Number(item.slice(1)) % 2 === 0 }));
const facets = Array.from({ length: 30 }, (_, f) =>
  scaleOf(`facet-${f + 1}`, members(ids.filter((_, i) => i % 30 === f))),
);
const domains = Array.from({ length: 5 }, (_, d) =>
  scaleOf(`domain-${d + 1}`, members(ids.filter((_, i) => i % 5 === d))),
);
const inventory = bankOf(
  'inventory',
  ids.map((id) => statement(id)),
  { kind: 'questionnaire', scales: [...facets, ...domains] },
);

const withheldOf = (answers: Iterable<readonly [string, number | null]>, bank = inventory) => {
  const { sheet, withheld } = score(inputOf([{ bank }], answers));
  const [section] = withheld.scales;
  if (section === undefined) throw new Error('no scales');
  return { sheet, trace: withheld.trace, ...section };
};

test('all answers 3: every facet 12, every domain 72 (domain rule T9), half of the maximum, no interval from equal answers', () => {
  const { scales, flags } = withheldOf(ids.map((id) => [id, 3] as const));
  expect(scales).toHaveLength(35);
  for (const scale of scales) {
    const facet = scale.scale.startsWith('facet');
    expect(scale).toMatchObject({
      raw: facet ? 12 : 72,
      minimum: facet ? 4 : 24,
      maximum: facet ? 20 : 120,
      percentOfMaximum: 50,
      interval: null,
    });
  }
  expect(flags.map((flag) => [flag.flag, flag.value, flag.cutoff])).toEqual([
    ['long-string', 120, 15],
    ['low-variability', 0, 12.5],
  ]);
  expect(flags.every((flag) => flag.source.length > 40)).toBe(true);
});

test('all answers on the scale’s side reach the greatest domain, 120', () => {
  const answers = ids.map((id) => [id, Number(id.slice(1)) % 2 === 0 ? 1 : 5] as const);
  const { scales } = withheldOf(answers);
  expect(scales.filter((scale) => scale.scale.startsWith('domain')).map((scale) => scale.raw)).toEqual([
    120, 120, 120, 120, 120,
  ]);
});

test('the open sheet says only that a questionnaire was answered', () => {
  const { sheet } = withheldOf(ids.slice(0, 100).map((id) => [id, 4] as const));
  expect(sheet.sections).toEqual([{ how: 'questionnaire', section: 'inventory', items: 120, answered: 100 }]);
});

describe('one scale, worked by hand', () => {
  const small = (floor: number) =>
    bankOf(
      'small',
      ['s1', 's2', 's3', 's4', 's5'].map((id) => statement(id)),
      {
        kind: 'questionnaire',
        scales: [
          scaleOf(
            'calm',
            [
              ...['s1', 's2', 's3'].map((item) => ({ item, reversed: false })),
              ...['s4', 's5'].map((item) => ({ item, reversed: true })),
            ],
            floor,
          ),
        ],
      },
    );

  test('sum, reversal, interval', () => {
    // marks 4 5 3 (6-2) (6-1) = 4 5 3 4 5: sum 21 of 5…25, (21-5)/20 = 80 %
    // mean share 0.8, s = 0.209165, t(4) = 2.7764: 0.8 ± 2.7764 · 0.209165 / sqrt 5 = 0.8 ± 0.259708
    const { scales, trace } = withheldOf(
      [
        ['s1', 4],
        ['s2', 5],
        ['s3', 3],
        ['s4', 2],
        ['s5', 1],
      ],
      small(0.8),
    );
    expect(scales).toEqual([
      {
        scale: 'calm',
        items: 5,
        answered: 5,
        raw: 21,
        minimum: 5,
        maximum: 25,
        percentOfMaximum: 80,
        interval: { low: 54, high: 100, level: 0.95, method: 'within-person-item-variance' },
      },
    ]);
    expect(trace.map((row) => [row.item, row.answer, row.key, row.mark, row.countsIn])).toEqual([
      ['s1', 4, 'direct', 4, ['calm']],
      ['s2', 5, 'direct', 5, ['calm']],
      ['s3', 3, 'direct', 3, ['calm']],
      ['s4', 2, 'reversed', 4, ['calm']],
      ['s5', 1, 'reversed', 5, ['calm']],
    ]);
  });

  test('prorates at the floor and not below it', () => {
    // answered 4, 5, 3, 4: mean 4, times 5 = 20
    const answers = [
      ['s1', 4],
      ['s2', 5],
      ['s3', 3],
      ['s4', 2],
      ['s5', null],
    ] as const;
    expect(withheldOf(answers, small(0.8)).scales[0]).toMatchObject({
      answered: 4,
      raw: 20,
      percentOfMaximum: 75,
    });
    expect(withheldOf(answers, small(0.81)).scales[0]).toMatchObject({
      answered: 4,
      raw: null,
      percentOfMaximum: null,
      interval: null,
    });
  });

  test('a prorated sum that is no whole number is rounded once: 4, 5, 5 of five is 23.33', () => {
    expect(
      withheldOf(
        [
          ['s1', 4],
          ['s2', 5],
          ['s3', 5],
        ],
        small(0.6),
      ).scales[0],
    ).toMatchObject({ raw: 23.33, percentOfMaximum: 91.7 });
  });
});

test('an item that counts direct in one scale and reversed in another is traced twice; one in no scale once', () => {
  const bank = bankOf(
    'two',
    ['x', 'y'].map((id) => statement(id)),
    {
      kind: 'questionnaire',
      scales: [
        scaleOf('up', [{ item: 'x', reversed: false }]),
        scaleOf('down', [{ item: 'x', reversed: true }]),
      ],
    },
  );
  const { scales, trace } = withheldOf(
    [
      ['x', 5],
      ['y', 2],
    ],
    bank,
  );
  expect(trace.map((row) => [row.item, row.key, row.mark, row.countsIn])).toEqual([
    ['x', 'direct', 5, ['up']],
    ['x', 'reversed', 1, ['down']],
    ['y', 'direct', 2, []],
  ]);
  expect(scales.map((scale) => [scale.raw, scale.interval])).toEqual([
    [5, null],
    [1, null],
  ]);
});

test('items of a scale that were not on the form count as missing; a scale with none of them is left out', () => {
  const input = inputOf(
    [{ bank: inventory, items: ids.slice(0, 8) }],
    ids.slice(0, 8).map((id) => [id, 4] as const),
  );
  const [section] = score(input).withheld.scales;
  expect(section?.scales.map((scale) => [scale.scale, scale.items, scale.answered, scale.raw])).toEqual([
    ...Array.from({ length: 8 }, (_, f) => [`facet-${f + 1}`, 4, 1, null]),
    ...[2, 2, 2, 1, 1].map((answered, d) => [`domain-${d + 1}`, 24, answered, null]),
  ]);
});

describe('answer patterns', () => {
  const flagsOf = (values: (number | null)[]) =>
    withheldOf(values.map((value, i) => [ids[i] ?? '', value] as const)).flags.map((flag) => [
      flag.flag,
      flag.value,
    ]);
  const waves = Array.from({ length: 120 }, (_, i) => 1 + (i % 5));

  test('ordinary answers raise none', () => expect(flagsOf(waves)).toEqual([]));
  test('fourteen equal answers in a row do not, fifteen do', () => {
    const run = (length: number) =>
      waves.map((value, i) => (i >= 1 && i < 1 + length ? 3 : i === 0 || i === 1 + length ? 5 : value));
    expect(flagsOf(run(14))).toEqual([]);
    expect(flagsOf(run(15))).toEqual([['long-string', 15]]);
  });
  test('a missing answer breaks a run', () => {
    const run = waves.map((value, i) => (i === 9 ? null : i < 19 ? 3 : value));
    expect(flagsOf(run)).toEqual([]);
  });
  test('12 of 120 unanswered do not, 13 do', () => {
    const without = (count: number) => waves.map((value, i) => (i < count ? null : value));
    expect(flagsOf(without(12))).toEqual([]);
    expect(flagsOf(without(13))).toEqual([['missing', 10.8]]);
  });
  test('answers that hardly move', () => {
    const still = waves.map((_, i) => (i % 10 === 0 ? 4 : 3));
    expect(flagsOf(still)).toEqual([['low-variability', 7.5]]);
  });
  test('fewer than twenty answers show no pattern', () => {
    const few = bankOf(
      'few',
      ids.slice(0, 19).map((id) => statement(id)),
      { kind: 'questionnaire', scales: [scaleOf('one', members(ids.slice(0, 19)))] },
    );
    expect(
      withheldOf(
        ids.slice(0, 19).map((id) => [id, 3] as const),
        few,
      ).flags,
    ).toEqual([]);
  });
  test('flags move no score', () => {
    const answers = ids.map((id) => [id, 3] as const);
    const calm = withheldOf(answers);
    const other = withheldOf(answers.map(([id], i) => [id, i % 2 === 0 ? 2 : 4] as const));
    expect(calm.flags).not.toEqual(other.flags);
    // alternating 2 and 4 on alternately reversed items: every mark 2
    expect(other.scales.map((scale) => scale.raw)).toEqual([
      ...Array<number>(30).fill(8),
      ...Array<number>(5).fill(48),
    ]);
  });
});

test('reversing twice gives the answer back and stays in range', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100, max: 100 }),
      fc.integer({ min: 1, max: 100 }),
      fc.nat(),
      (min, width, step) => {
        const range = { min, max: min + width };
        const value = min + (step % (width + 1));
        expect(reverse(reverse(value, range), range)).toBe(value);
        expect(reverse(value, range)).toBeGreaterThanOrEqual(min);
        expect(reverse(value, range)).toBeLessThanOrEqual(range.max);
      },
    ),
  );
});
