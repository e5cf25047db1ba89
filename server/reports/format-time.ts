/**
 * Times and durations in words of ours. Intl is asked for the fields of a moment in a time zone only: its wording changes from one version
 * of Node to the next, and a report must read the same on all of them.
 */
import type { Language } from '../../question-banks/schema.ts';
import { formatNumber } from './format-number.ts';
import { say, type TextKey } from './say.ts';

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const zones = new Map<string, Intl.DateTimeFormat>();

function fieldsOf(at: number, timeZone: string): Fields {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    const whole = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    zone = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { ...whole, hourCycle: 'h23', timeZone });
    zones.set(timeZone, zone);
  }
  const parts = zone.formatToParts(at);
  const read = (type: keyof Fields) => Number(parts.find((p) => p.type === type)?.value);
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

const two = (n: number) => String(n).padStart(2, '0');
const clockOf = (f: Fields) => `${two(f.hour)}:${two(f.minute)}:${two(f.second)}`;

const months = [
  'month.1',
  'month.2',
  'month.3',
  'month.4',
  'month.5',
  'month.6',
  'month.7',
  'month.8',
  'month.9',
  'month.10',
  'month.11',
  'month.12',
] as const satisfies readonly TextKey[];

/** Day and time to the second in the organisation's time zone; `at` in ms since the epoch. */
export function formatTime(lang: Language, at: number, timeZone: string): string {
  const f = fieldsOf(at, timeZone);
  const month = months[f.month - 1] ?? 'month.1';
  return say(lang, 'date.long', {
    day: String(f.day),
    month: say(lang, month),
    year: String(f.year),
    clock: clockOf(f),
  });
}

/** The time of day alone, to the second; the same in every language. */
export function formatClock(at: number, timeZone: string): string {
  return clockOf(fieldsOf(at, timeZone));
}

/** Day and time to the minute, in figures, for lists. */
export function formatShortTime(lang: Language, at: number, timeZone: string): string {
  const f = fieldsOf(at, timeZone);
  const clock = `${two(f.hour)}:${two(f.minute)}`;
  return say(lang, 'date.short', { day: two(f.day), month: two(f.month), year: String(f.year), clock });
}

/** Name of the zone and its distance from UTC at that moment: "Asia/Almaty (UTC+5)". */
export function formatTimeZone(at: number, timeZone: string): string {
  const f = fieldsOf(at, timeZone);
  const local = Date.UTC(f.year, f.month - 1, f.day, f.hour, f.minute, f.second);
  const minutes = Math.round((local - at) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${timeZone} (UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`})`;
}

/** A number and its unit stay on one line. */
const unit = (lang: Language, value: number, key: 'unit.hour' | 'unit.minute' | 'unit.second') =>
  say(lang, key, { n: formatNumber(lang, value) }).replaceAll(' ', '\u00a0');

/** "1 h 5 min 3 s"; below a minute with one decimal, as uncertainties need it. `ms` is not negative. */
export function formatDuration(lang: Language, ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return unit(lang, tenths / 10, 'unit.second');
  const whole = Math.round(ms / 1000);
  const parts = [
    { value: Math.floor(whole / 3600), key: 'unit.hour' as const },
    { value: Math.floor(whole / 60) % 60, key: 'unit.minute' as const },
    { value: whole % 60, key: 'unit.second' as const },
  ];
  return parts
    .filter((p) => p.value > 0)
    .map((p) => unit(lang, p.value, p.key))
    .join('\u00a0');
}
