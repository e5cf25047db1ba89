import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cohenKappa } from '../../scoring/statistics/agreement/cohen-kappa.ts';
import { fleissKappa } from '../../scoring/statistics/agreement/fleiss-kappa.ts';
import { intraclassCorrelations } from '../../scoring/statistics/agreement/intraclass-correlation.ts';
import { kendallW } from '../../scoring/statistics/agreement/kendall-w.ts';
import { krippendorffAlpha } from '../../scoring/statistics/agreement/krippendorff-alpha.ts';
import { bestWorstKey, scoreBestWorst } from '../../scoring/statistics/judgement/best-worst.ts';
import { bradleyTerry } from '../../scoring/statistics/judgement/bradley-terry.ts';
import { rankingPercent, rankingPoints } from '../../scoring/statistics/judgement/dilemma-ranking.ts';
import { expertKey } from '../../scoring/statistics/judgement/expert-key.ts';
import { ipsativeScores } from '../../scoring/statistics/judgement/forced-choice.ts';
import { scoreRatings } from '../../scoring/statistics/judgement/rating-distance.ts';
import { thurstoneScale } from '../../scoring/statistics/judgement/thurstone.ts';
import { angoff, failRatePercent } from '../../scoring/statistics/standards/angoff.ts';
import { bookmark } from '../../scoring/statistics/standards/bookmark.ts';
import { hofstee } from '../../scoring/statistics/standards/hofstee.ts';
import { surveyRow } from '../../scoring/statistics/survey/survey-table.ts';
import { wilsonInterval } from '../../scoring/statistics/survey/wilson-interval.ts';
import { expectAlike } from './expect-alike.ts';

describe('agreement', () => {
  // J. L. Fleiss (1971), table 1 in the arrangement of Wikipedia: 10 targets, 14 raters, five categories; kappa 0.210
  const fleiss = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ].map((counts) => counts.flatMap((count, category) => Array.from({ length: count }, () => category)));

  test('published values', () => {
    expect(fleissKappa(fleiss)).toBeCloseTo(0.21, 3);
    // Shrout & Fleiss (1979), table 4
    const found = intraclassCorrelations([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]);
    expect(Object.values(found ?? {}).map((value) => value.toFixed(2))).toEqual([
      '0.17',
      '0.29',
      '0.71',
      '0.44',
      '0.62',
      '0.91',
    ]);
  });

  test('Cohen by hand: agreement 0.7, chance 0.5', () => {
    const first = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2];
    const second = [1, 1, 1, 1, 2, 2, 2, 2, 1, 1];
    expect(cohenKappa(first, second)).toBeCloseTo(0.4, 12);
    // with two categories the weights cannot matter
    expect(cohenKappa(first, second, 'quadratic')).toBeCloseTo(0.4, 12);
    expect(cohenKappa([1, 2, 3], [1, 2, 1], 'linear')).toBeCloseTo(1 - 6 / 8, 12);
    expect(cohenKappa([1, 1], [1, 1])).toBeNull();
    expect(cohenKappa([], [])).toBeNull();
  });

  test('Kendall: full agreement 1, opposite ranks 0', () => {
    expect(
      kendallW([
        [1, 1, 1],
        [2, 2, 2],
        [3, 3, 3],
      ]),
    ).toBeCloseTo(1, 12);
    expect(
      kendallW([
        [1, 3],
        [2, 2],
        [3, 1],
      ]),
    ).toBe(0);
    expect(
      kendallW([
        [1, 5, 2],
        [1, 6, 2],
        [2, 7, 3],
      ]),
    ).toBeGreaterThan(0.8);
    expect(
      kendallW([
        [4, 4],
        [4, 4],
      ]),
    ).toBeNull();
  });

  test('Krippendorff: ordinal lies between, and one rating says nothing', () => {
    const rows = [
      [1, 1, null],
      [2, 2, 3],
      [4, 4, 4],
      [null, null, 2],
      [1, 2, 1],
    ];
    const nominal = krippendorffAlpha(rows, 'nominal') ?? NaN;
    expect(krippendorffAlpha(rows, 'interval')).toBeGreaterThan(nominal);
    expect(krippendorffAlpha(rows, 'ordinal')).toBeGreaterThan(nominal);
    expect(
      krippendorffAlpha(
        rows.filter((_, i) => i !== 3),
        'nominal',
      ),
    ).toBe(nominal);
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [2, 2],
        ],
        'ordinal',
      ),
    ).toBe(1);
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
        ],
        'nominal',
      ),
    ).toBeNull();
    expect(krippendorffAlpha([[1, null]], 'nominal')).toBeNull();
    // Krippendorff (2011), reliability data of four observers: nominal 0.743, ordinal 0.815, interval 0.849
    const data = [
      [1, 1, null, 1],
      [2, 2, 3, 2],
      [3, 3, 3, 3],
      [3, 3, 3, 3],
      [2, 2, 2, 2],
      [1, 2, 3, 4],
      [4, 4, 4, 4],
      [1, 1, 2, 1],
      [2, 2, 2, 2],
      [null, 5, 5, 5],
      [null, null, 1, 1],
      [null, null, 3, null],
    ];
    expect(krippendorffAlpha(data, 'nominal')).toBeCloseTo(0.743, 3);
    expect(krippendorffAlpha(data, 'ordinal')).toBeCloseTo(0.815, 3);
    expect(krippendorffAlpha(data, 'interval')).toBeCloseTo(0.849, 3);
  });

  test('the order of raters does not matter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }), {
          minLength: 3,
          maxLength: 12,
        }),
        (rows) => {
          const turned = rows.map((row) => row.toReversed());
          expectAlike(kendallW(rows), kendallW(turned));
          expectAlike(fleissKappa(rows), fleissKappa(turned));
          expectAlike(krippendorffAlpha(rows, 'interval'), krippendorffAlpha(turned, 'interval'));
          expectAlike(intraclassCorrelations(rows)?.icc2, intraclassCorrelations(turned)?.icc2);
        },
      ),
    );
  });

  test('too little to agree on', () => {
    expect(intraclassCorrelations([[1, 2]])).toBeNull();
    expect(intraclassCorrelations([[1], [2]])).toBeNull();
    expect(
      intraclassCorrelations([
        [2, 2],
        [2, 2],
      ]),
    ).toBeNull();
    expect(fleissKappa([[1], [2]])).toBeNull();
    expect(
      fleissKappa([
        [1, 1],
        [1, 1],
      ]),
    ).toBeNull();
  });
});

describe('situational judgement', () => {
  const key = expertKey([
    [1, 2, 6, 7],
    [3, 2, 6, 5],
  ]);

  test('by hand', () => {
    expect(key.means).toEqual([2, 2, 6, 6]);
    const scored = scoreRatings([1, 2, 6, 7], key);
    expect(scored.squaredDistance).toBe(2);
    expect(scored.absoluteDistance).toBe(2);
    expect(scored.consensus).toBeCloseTo((0.5 + 1 + 1 + 0.5) / 4, 12);
    // on options 2 and 3 all experts agree: no deviation to measure by
    expect(scored.standardizedDistance).toBeNull();
    expect(scored.shape).toBeCloseTo(0.9805806756909203, 12);
    expect(scoreRatings([4, 4, 4, 4], key).standardizedSquares).toBeNull();
    expect(scoreRatings([4, 4, 4, 4], key).shape).toBeNull();
    const unsure = expertKey([
      [1, 7],
      [2, 6],
    ]);
    expect(scoreRatings([1, 7], unsure).standardizedDistance).toBeCloseTo(Math.SQRT1_2, 12);
    expect(
      scoreRatings(
        [1, 2],
        expertKey([
          [1, 2],
          [2, 1],
        ]),
      ).standardizedSquares,
    ).toBeNull();
  });

  test('shape does not know level and spread', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 5 }), (shift, stretch) => {
        const base = [1, 3, 6, 5];
        const moved = base.map((rating) => shift + stretch * rating);
        expect(scoreRatings(moved, key).shape).toBeCloseTo(scoreRatings(base, key).shape ?? NaN, 10);
        expect(scoreRatings(moved, key).standardizedSquares).toBeCloseTo(
          scoreRatings(base, key).standardizedSquares ?? NaN,
          9,
        );
      }),
    );
  });

  test('best and worst', () => {
    const best = bestWorstKey([2, 5, 5, 1]);
    expect(best).toEqual({ best: 1, worst: 3 });
    expect(scoreBestWorst({ best: 1, worst: 3 }, best)).toEqual({ best: 1, worst: 1 });
    expect(scoreBestWorst({ best: 3, worst: 1 }, best)).toEqual({ best: -1, worst: -1 });
    expect(scoreBestWorst({ best: 0, worst: 2 }, best)).toEqual({ best: 0, worst: 0 });
    expect(() => bestWorstKey([])).toThrow(RangeError);
  });
});

describe('choices between statements', () => {
  test('ipsative scores sum to nothing, whoever answers', () => {
    const scales = ['S1', 'S2', 'S3'];
    fc.assert(
      fc.property(
        fc.array(fc.record({ most: fc.constantFrom(...scales), least: fc.constantFrom(...scales) })),
        (answers) => {
          const scores = [...ipsativeScores(answers, scales).values()];
          expect(scores.reduce((a, b) => a + b, 0)).toBe(0);
        },
      ),
    );
  });

  test('points of rankings by hand', () => {
    const points = rankingPoints(
      [
        ['6', '4', '4', 'M'],
        ['5A', '6', '3', '4'],
      ],
      [4, 3, 2, 1],
      ['3', '4', '5A', '6', 'M'],
    );
    expect(Object.fromEntries(points)).toEqual({ '3': 2, '4': 6, '5A': 4, '6': 7, M: 1 });
    expect(rankingPercent(points, ['5A', '6'], 2, [4, 3, 2, 1])).toBe(55);
  });

  test('Thurstone finds the distances it is given', () => {
    const share = (d: number): number => [0.5, 0.841344746068543, 0.977249868051821][d] ?? NaN;
    // values 0, 1, 2
    const preferred = [
      [0.5, share(1), share(2)],
      [1 - share(1), 0.5, share(1)],
      [1 - share(2), 1 - share(1), 0.5],
    ];
    const { values, fit } = thurstoneScale(preferred);
    expect(values.map((value) => value.toFixed(6))).toEqual(['0.000000', '1.000000', '2.000000']);
    expect(fit).toBeCloseTo(1, 10);
    expect(() =>
      thurstoneScale([
        [0.5, 1],
        [0, 0.5],
      ]),
    ).toThrow(RangeError);
  });

  test('Bradley–Terry by hand: three wins to one are a logarithm of 3', () => {
    const [a = NaN, b = NaN] =
      bradleyTerry([
        [0, 3],
        [1, 0],
      ]) ?? [];
    expect(a - b).toBeCloseTo(Math.log(3), 10);
    expect(a + b).toBeCloseTo(0, 12);
    // unbeaten: no finite value
    expect(
      bradleyTerry([
        [0, 4],
        [0, 0],
      ]),
    ).toBeNull();
    expect(
      bradleyTerry([
        [0, 0],
        [4, 0],
      ]),
    ).toBeNull();
    const three = bradleyTerry([
      [0, 2, 4],
      [2, 0, 2],
      [1, 2, 0],
    ]);
    expect(three?.[0]).toBeGreaterThan(three?.[2] ?? NaN);
  });
});

describe('standards', () => {
  test('Angoff by hand', () => {
    const found = angoff([
      [0.5, 0.7, 0.8],
      [0.7, 0.7, 0.6],
    ]);
    expect(found.judgeCuts[0]).toBeCloseTo(2, 12);
    expect(found.cut).toBeCloseTo(2, 12);
    // ten tenths are one, though the machine holds a little more
    expect(found.passScore).toBe(2);
    expect(found.itemDeviations[1]).toBe(0);
    expect(found.standardError).toBeCloseTo(0, 12);
    expect(
      angoff([
        [0.5, 0.6],
        [0.5, 0.7],
      ]).passScore,
    ).toBe(2);
    expect(() => angoff([[0.5]])).toThrow(RangeError);
    expect(failRatePercent([1, 2, 3, 4], 3)).toBe(50);
  });

  test('bookmark by hand: RP 0.5 lies at the difficulty', () => {
    const items = [
      { a: 1, b: 1 },
      { a: 2, b: -1 },
      { a: 1, b: 1 },
    ];
    const found = bookmark(items, [2, 3, 4], 0.5);
    expect(found.order).toEqual([1, 0, 2]);
    expect(found.judgeCuts).toEqual([-1, 1, 1]);
    expect(found.cut).toBe(1);
    expect(bookmark(items, [2]).locations[0]).toBeCloseTo(-1 + Math.log(0.67 / 0.33) / 2, 12);
    expect(() => bookmark(items, [1], 0.5)).toThrow(RangeError);
    expect(() => bookmark(items, [5], 0.5)).toThrow(RangeError);
    // a higher response probability asks for more ability, less so for a sharper item
    const [easy = NaN, hard = NaN] = bookmark(items, [2], 0.67, 1.7).locations;
    expect(easy).toBeGreaterThan(-1);
    expect(hard - 1).toBeCloseTo(2 * (easy + 1), 12);
  });

  test('Hofstee by hand: the lines meet in the middle', () => {
    // F(c): 0 at 0, then 10 more at each whole mark
    const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(hofstee(scores, { minCut: 2, maxCut: 6, minFail: 20, maxFail: 60 })).toBeCloseTo(4, 12);
    expect(hofstee(scores, { minCut: 2.5, maxCut: 5.5, minFail: 25, maxFail: 55 })).toBeCloseTo(4, 12);
    expect(hofstee(scores, { minCut: 2, maxCut: 4, minFail: 70, maxFail: 90 })).toBeNull();
    expect(hofstee(scores, { minCut: 6, maxCut: 8, minFail: 10, maxFail: 20 })).toBeNull();
  });
});

describe('survey tables', () => {
  const recode = {
    min: 1,
    max: 5,
    bins: [
      { label: 'yes', from: 4, to: 5 },
      { label: 'no', from: 1, to: 3 },
    ],
  };

  test('valid answers are the base; an impossible one is counted apart', () => {
    const row = surveyRow([5, 4, 1, null, 9], recode);
    expect(row).toMatchObject({ n: 3, missing: 1, invalid: 1, median: 4 });
    expect(row.bins.map(({ count, percentRounded }) => [count, percentRounded])).toEqual([
      [2, 67],
      [1, 33],
    ]);
  });

  test('percentages are not forced to 100', () => {
    const thirds = {
      min: 1,
      max: 3,
      bins: [1, 2, 3].map((value) => ({ label: `${value}`, from: value, to: value })),
    };
    const sum = (values: readonly number[]): number =>
      surveyRow(values, thirds).bins.reduce((total, { percentRounded }) => total + (percentRounded ?? 0), 0);
    expect(sum([1, 2, 3])).toBe(99);
    expect(sum([1, 1, 2, 2, 2, 3, 3, 3])).toBe(101);
  });

  test('bins must part the scale', () => {
    expect(() => surveyRow([3], { ...recode, bins: [{ label: 'high', from: 4, to: 5 }] })).toThrow(
      RangeError,
    );
    expect(() =>
      surveyRow([4], { ...recode, bins: [...recode.bins, { label: 'top', from: 4, to: 5 }] }),
    ).toThrow(RangeError);
  });

  test('no answers, no numbers', () => {
    expect(surveyRow([null, 0], recode)).toEqual({
      n: 0,
      missing: 1,
      invalid: 1,
      bins: recode.bins.map(({ label }) => ({
        label,
        count: 0,
        percent: null,
        percentRounded: null,
        interval: null,
      })),
      mean: null,
      deviation: null,
      median: null,
    });
    expect(surveyRow([4], recode)).toMatchObject({ mean: 4, deviation: null });
  });

  test('Wilson by hand: 0 of n reaches up to z²/(n + z²)', () => {
    const z2 = 1.959963984540054 ** 2;
    expect(wilsonInterval(0, 10)).toEqual([0, expect.closeTo(z2 / (10 + z2), 12)]);
    expect(wilsonInterval(10, 10)[1]).toBe(1);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const count = Math.floor(share * n);
          const [low, high] = wilsonInterval(count, n);
          expect(low).toBeLessThanOrEqual(count / n);
          expect(high).toBeGreaterThanOrEqual(count / n);
        },
      ),
    );
    for (const [count, n] of [
      [1, 0],
      [-1, 5],
      [6, 5],
    ] as const)
      expect(() => wilsonInterval(count, n)).toThrow(RangeError);
  });
});
