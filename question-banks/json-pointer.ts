/** JSON pointer (RFC 6901) to a place in a file: `pointerTo('items', 3, 'stem')` is `/items/3/stem`. */
export const pointerTo = (...steps: readonly (string | number)[]): string => {
  let pointer = '';
  for (const step of steps)
    pointer +=
      typeof step === 'number' || !/[~/]/.test(step)
        ? `/${step}`
        : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return pointer;
};
