/**
 * Number at an index that must be there. The same as `pick` for one kind of list only: the inner loops of calibration read some 10^9 numbers,
 * and an engine reads them fast when it always meets the same kind of list here.
 * @throws RangeError when there is no number at the index
 */
export function at(list: Float64Array, index: number): number {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no number ${index} of ${list.length}`);
  return value;
}

/** The same for whole numbers. @throws RangeError when there is no number at the index */
export function wholeAt(list: Int32Array, index: number): number {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no number ${index} of ${list.length}`);
  return value;
}
