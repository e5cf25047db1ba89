/** JSON pointer (RFC 6901) to a place in a file: `pointerTo('items', 3, 'stem')` is `/items/3/stem`. */
export const pointerTo = (...steps: readonly (string | number)[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
