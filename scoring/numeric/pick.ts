/**
 * An element that must be there. Used where an index follows from the shape of the data, so that a wrong shape stops with an error
 * instead of going on with undefined.
 * @throws RangeError when there is no element at the index
 */
export function pick<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return value;
}
