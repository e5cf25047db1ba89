import { type BlockAnswer, ipsativeScores } from '../../../scoring/statistics/judgement/forced-choice.ts';
import { sum } from '../../../scoring/statistics/rows.ts';
import type { Family } from '../family.ts';
import type { Case } from '../read-case.ts';
import { texts } from '../read-table.ts';

/** Scores of each person; the answers name positions in a block, the layout the scales at these positions. */
function persons(one: Case): Map<string, number>[] {
  const layout = one.table('layout');
  const positions = layout.columns.filter((name) => name !== 'block');
  const scaleAt = new Map(
    texts(layout, 'block').flatMap((block, row) =>
      positions.map((position, i) => [`${block}/${i + 1}`, texts(layout, position)[row] ?? '']),
    ),
  );
  const scales = [...new Set(scaleAt.values())].sort();
  const table = one.table('answers');
  const [block, most, least] = [texts(table, 'block'), texts(table, 'most'), texts(table, 'least')];
  const answers = new Map<string, BlockAnswer[]>();
  for (const [i, person] of texts(table, 'person').entries()) {
    const scale = (place: string | undefined): string => {
      const found = scaleAt.get(`${block[i]}/${place}`);
      if (found === undefined) throw new Error(`block ${block[i]} has no position ${place}`);
      return found;
    };
    answers.set(person, [...(answers.get(person) ?? []), { most: scale(most[i]), least: scale(least[i]) }]);
  }
  return [...answers.values()].map((own) => ipsativeScores(own, scales));
}

export const family: Family = {
  checks: {
    ipsative: (one) => persons(one).map((scores) => Object.fromEntries(scores)),
    sumZero: (one) => persons(one).every((scores) => sum([...scores.values()]) === 0),
  },
};
