import { pick } from '../../numeric/pick.ts';
import { answered, type OpenRows, transpose } from '../rows.ts';
import { median } from '../basics/quantile.ts';

/**
 * Missing answers replaced by the median of the item in this sample, before any reversal (as psych::scoreItems does it). For research tables only: the
 * score of a person then depends on who else was tested, so it never enters a score sheet.
 * @throws RangeError for an item that nobody answered
 */
export function imputeItemMedians(rows: OpenRows): number[][] {
  const medians = transpose(rows).map((values) => median(answered(values)));
  return rows.map((row) => row.map((value, item) => value ?? pick(medians, item)));
}
