/** Numbers in words of ours, not of Intl: a report must read the same on every version of Node. */
import type { Language } from '../../question-banks/schema.ts';
import { say } from './say.ts';

/** A number as it stands in the score sheet, which holds no more than two decimals: nothing is rounded here. */
export function formatNumber(lang: Language, value: number): string {
  const text = String(value);
  return lang === 'en' ? text : text.replace('.', ',');
}

/** A share of one as a percentage, at most one decimal: 0.95 → "95 %". */
export function formatShare(lang: Language, share: number): string {
  return say(lang, 'number.percent', { n: formatNumber(lang, Math.round(share * 1000) / 10) }).replaceAll(
    ' ',
    '\u00a0',
  );
}

/** Two ends of an interval: "9,4–14,1". */
export function formatInterval(lang: Language, low: number, high: number): string {
  return `${formatNumber(lang, low)}–${formatNumber(lang, high)}`;
}
