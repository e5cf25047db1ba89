import type { Language } from '../../question-banks/schema.ts';

const numbers = new Map<string, Intl.NumberFormat>();

function formatter(lang: Language, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${lang} ${key}`;
  const known = numbers.get(name);
  if (known) return known;
  const made = new Intl.NumberFormat(lang, options);
  numbers.set(name, made);
  return made;
}

/** A number as it stands in the score sheet, which holds no more than two decimals: nothing is rounded here. */
export function formatNumber(lang: Language, value: number): string {
  return formatter(lang, 'plain', { maximumFractionDigits: 2, useGrouping: false }).format(value);
}

/** A share of one as a percentage: 0.95 → "95 %". */
export function formatShare(lang: Language, share: number): string {
  return formatter(lang, 'share', { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** Two ends of an interval: "9,4–14,1". */
export function formatInterval(lang: Language, low: number, high: number): string {
  return `${formatNumber(lang, low)}–${formatNumber(lang, high)}`;
}
