interface Key {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/**
 * The digit on the physical key, 0 to 9, or null. By `code`, not by `key`: the Kazakh layout has letters where other layouts have
 * digits.
 */
export function readDigitKey(event: Key): number | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const found = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  return found === null ? null : Number(found[1]);
}
