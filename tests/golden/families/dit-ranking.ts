import { rankingPercent, rankingPoints } from '../../../scoring/statistics/judgement/dilemma-ranking.ts';
import { sum } from '../../../scoring/statistics/rows.ts';
import type { Got } from '../compare.ts';
import { statedList } from '../conventions.ts';
import type { Family } from '../family.ts';
import { list, object } from '../json.ts';
import type { Case, Check } from '../read-case.ts';
import { texts } from '../read-table.ts';

function scores(one: Case, check: Check): Got {
  const weights = statedList(check.how, /weights ([\d,\s]+?)(?: for|$)/) ?? [4, 3, 2, 1];
  const key = one.table('key');
  const [keyStory, keyItem] = [texts(key, 'story'), texts(key, 'item')];
  const stage = new Map(texts(key, 'stage').map((kind, i) => [`${keyStory[i]}/${keyItem[i]}`, kind]));
  const named = list(check.value).flatMap((row) => Object.keys(object(row)));
  const kinds = [...new Set([...stage.values(), ...named.filter((name) => /^\d[AB]?$|^[AM]$/.test(name))])];
  // "P=100*(5A+5B+6)/60"
  const principled = (/\(([\w+]+)\)\/\d+/.exec(check.how)?.[1] ?? '5A+5B+6').split('+');

  const table = one.table('ranks');
  const ranks = table.columns.filter((name) => name.startsWith('rank')).map((name) => texts(table, name));
  const story = texts(table, 'story');
  const stories = new Set(story).size;
  const persons = new Map<string, string[][]>();
  for (const [i, person] of texts(table, 'person').entries()) {
    const kindsRanked = ranks.map((rank) => stage.get(`${story[i]}/${rank[i]}`) ?? '');
    persons.set(person, [...(persons.get(person) ?? []), kindsRanked]);
  }
  return [...persons.values()].map((ranked) => {
    const points = rankingPoints(ranked, weights, kinds);
    const percent = (own: readonly string[]): number => rankingPercent(points, own, stories, weights);
    return {
      ...Object.fromEntries(points),
      total: sum([...points.values()]),
      P: percent(principled),
      // the table in which the case was made names the column of meaningless items a second time
      'M.1': points.get('M') ?? 0,
      stage4P: percent(['4']),
    };
  });
}

export const family: Family = { checks: { scores } };
