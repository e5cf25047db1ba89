import { at } from '../../numeric/at.ts';
import { exp, log } from '../../numeric/elementary.ts';
import type { Peak } from '../../numeric/newton.ts';
import { pick } from '../../numeric/pick.ts';
import type { OpenRows } from '../rows.ts';
import { shownGroups } from './pattern-counts.ts';
import { symmetricFunctions } from './symmetric-functions.ts';

/** Persons who were shown the same items: all that the conditional likelihood needs of them. */
interface Group {
  readonly items: readonly number[];
  /** persons by raw score */
  readonly scores: readonly number[];
}

/** Conditional log likelihood as a function of the category parameters, item after item, categories 1…m. */
export type ConditionalLikelihood = (parameters: readonly number[]) => Peak;

/**
 * Likelihood of the answers given the raw scores, for P(answer = h) proportional to e^(hθ - B_h), B_0 = 0: abilities drop out.
 * Slope and information are exact. Persons with the lowest and the highest raw score add nothing.
 * Source: E. B. Andersen (1972), Journal of the Royal Statistical Society B 34, 42–54; G. H. Fischer, I. H. Molenaar (1995), Rasch Models, ch. 15.
 * @param rows persons × items, categories 0…m, null not shown
 * @param maxima highest category of each item
 */
export function conditionalLikelihood(rows: OpenRows, maxima: readonly number[]): ConditionalLikelihood {
  const offsets: number[] = [];
  let size = 0;
  for (const m of maxima) {
    offsets.push(size);
    size += m;
  }
  const place = (j: number, h: number): number => pick(offsets, j) + h - 1;

  const observed = new Float64Array(size);
  const groups: Group[] = shownGroups(rows).map(({ items, patterns }) => {
    const scores = Array.from({ length: items.reduce((sum, j) => sum + pick(maxima, j), 1) }, () => 0);
    for (const { pattern, count } of patterns) {
      let raw = 0;
      for (const j of items) {
        const h = Number(pick(pattern, j));
        if (h > 0) observed[place(j, h)] = at(observed, place(j, h)) + count;
        raw += h;
      }
      scores[raw] = pick(scores, raw) + count;
    }
    return { items, scores };
  });

  return (parameters) => {
    let value = 0;
    const slope = Array.from(observed, (count, i) => {
      value -= count * pick(parameters, i);
      return -count;
    });
    const information = slope.map(() => new Float64Array(size));
    const inform = (i: number, m: number, amount: number): void => {
      const row = pick(information, i);
      row[m] = at(row, m) + amount;
    };

    for (const { items, scores } of groups) {
      // categories of each item scaled to sum 1; what was taken out is put back into the value
      let scale = 0;
      const epsilons = items.map((j) => {
        const own = [
          0,
          ...parameters.slice(pick(offsets, j), pick(offsets, j) + pick(maxima, j)).map((b) => -b),
        ];
        const largest = Math.max(...own);
        const parts = own.map((b) => exp(b - largest));
        const total = parts.reduce((sum, part) => sum + part, 0);
        scale += largest + log(total);
        return Float64Array.from(parts, (part) => part / total);
      });
      const { all, without, eachPair } = symmetricFunctions(epsilons);
      const top = scores.length - 1;
      /** persons over symmetric function, by raw score; the two ends tell nothing */
      const share = Float64Array.from(scores, (n, r) => (r === 0 || r === top ? 0 : n / at(all, r)));
      scores.forEach((n, r) => {
        if (n > 0) value -= n * (scale + log(at(all, r)));
      });

      /** for each item and category: probability by raw score */
      const probabilities = items.map((j, i) => {
        const rest = without(i);
        return Array.from({ length: pick(maxima, j) }, (_, g) => {
          const h = g + 1;
          const p = new Float64Array(scores.length);
          for (let s = 0; s < rest.length; s++)
            p[s + h] = (at(pick(epsilons, i), h) * at(rest, s)) / at(all, s + h);
          scores.forEach((n, r) => (slope[place(j, h)] = pick(slope, place(j, h)) + n * at(p, r)));
          return p;
        });
      });
      // Σ n p_i p_m, taken off; and Σ n p where both are the same category
      const flat = items.flatMap((j, i) =>
        pick(probabilities, i).map((p, g) => ({ at: place(j, g + 1), p })),
      );
      flat.forEach(({ at: i, p }, x) => {
        const weighted = p.map((value, r) => (r === top ? 0 : value * pick(scores, r)));
        inform(
          i,
          i,
          weighted.reduce((sum, w) => sum + w, 0),
        );
        for (const { at: m, p: other } of flat.slice(0, x + 1)) {
          let sum = 0;
          for (let r = 1; r < top; r++) sum += at(weighted, r) * at(other, r);
          inform(i, m, -sum);
          if (i !== m) inform(m, i, -sum);
        }
      });
      eachPair((x, y, rest) => {
        const [j, l] = [pick(items, x), pick(items, y)];
        for (let h = 1; h <= pick(maxima, j); h++) {
          for (let g = 1; g <= pick(maxima, l); g++) {
            let sum = 0;
            for (let s = 0; s < rest.length; s++) sum += at(rest, s) * at(share, s + h + g);
            const amount = sum * at(pick(epsilons, x), h) * at(pick(epsilons, y), g);
            inform(place(j, h), place(l, g), amount);
            inform(place(l, g), place(j, h), amount);
          }
        }
      });
    }
    return { value, slope, information: information.map((row) => [...row]) };
  };
}
