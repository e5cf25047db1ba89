import { at } from '../../numeric/at.ts';
import { pick } from '../../numeric/pick.ts';

/** Coefficients of the product of two polynomials: the distribution of a sum of two independent scores. */
export function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    const x = at(a, i);
    for (let j = 0; j < b.length; j++) product[i + j] = at(product, i + j) + x * at(b, j);
  }
  return product;
}

/** Products of all lists before each place, from the empty product on: as many as lists, and one. */
function runningProducts(lists: readonly Float64Array[]): Float64Array[] {
  let product: Float64Array = Float64Array.of(1);
  const products = [product];
  for (const list of lists) {
    product = convolve(product, list);
    products.push(product);
  }
  return products;
}

/** Elementary symmetric functions of items with categories 0…m, and those that leave out one item or two. */
export interface SymmetricFunctions {
  /** by raw score */
  readonly all: Float64Array;
  readonly without: (j: number) => Float64Array;
  /** calls back for every pair j < l */
  readonly eachPair: (use: (j: number, l: number, without: Float64Array) => void) => void;
}

/**
 * Summation algorithm for ordered categories: every function is a sum of positive products, so nothing cancels.
 * Source: G. H. Fischer (1974), Einführung in die Theorie psychologischer Tests; with the categories of each item scaled to sum 1 no number
 * grows beyond 1.
 * @param items for each item the parameters ε of its categories 0…m, positive, sum 1
 */
export function symmetricFunctions(items: readonly Float64Array[]): SymmetricFunctions {
  const before = runningProducts(items);
  const after = runningProducts(items.toReversed()).reverse();
  return {
    all: pick(before, items.length),
    without: (j) => convolve(pick(before, j), pick(after, j + 1)),
    eachPair: (use) => {
      for (let j = 0; j < items.length; j++) {
        let left = pick(before, j);
        for (let l = j + 1; l < items.length; l++) {
          use(j, l, convolve(left, pick(after, l + 1)));
          left = convolve(left, pick(items, l));
        }
      }
    },
  };
}
