import type { Language } from '../../question-banks/schema.ts';

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const styles = {
  day: { dateStyle: 'long' },
  clock: { ...clock, second: '2-digit' },
  short: { ...clock, day: '2-digit', month: '2-digit', year: 'numeric' },
  zone: { timeZoneName: 'shortOffset' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(lang: Language, timeZone: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const name = `${lang} ${style} ${timeZone}`;
  const known = formats.get(name);
  if (known) return known;
  // Plain "en" would write the month first: 11/12/2026 would be read two ways.
  const made = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { ...styles[style], timeZone });
  formats.set(name, made);
  return made;
}

/** Day and time to the second in the organisation's time zone; `at` in ms since the epoch. */
export function formatTime(lang: Language, at: number, timeZone: string): string {
  return `${formatter(lang, timeZone, 'day').format(at)}, ${formatClock(lang, at, timeZone)}`;
}

/** The time of day alone, to the second. */
export function formatClock(lang: Language, at: number, timeZone: string): string {
  return formatter(lang, timeZone, 'clock').format(at);
}

/** Day and time to the minute, in figures, for lists. */
export function formatShortTime(lang: Language, at: number, timeZone: string): string {
  return formatter(lang, timeZone, 'short').format(at);
}

/** Name of the zone and its distance from UTC at that moment: "Asia/Almaty (GMT+5)". */
export function formatTimeZone(lang: Language, at: number, timeZone: string): string {
  const part = formatter(lang, timeZone, 'zone')
    .formatToParts(at)
    .find((p) => p.type === 'timeZoneName');
  return part === undefined ? timeZone : `${timeZone} (${part.value})`;
}

const units = new Map<string, Intl.NumberFormat>();

/** A number and its unit stay on one line. */
function unit(lang: Language, value: number, name: 'hour' | 'minute' | 'second'): string {
  const key = `${lang} ${name}`;
  let format = units.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(lang, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    });
    units.set(key, format);
  }
  return format.format(value).replaceAll(' ', '\u00a0');
}

/** "1 h 5 min 3 s"; below a minute with one decimal, as uncertainties need it. `ms` is not negative. */
export function formatDuration(lang: Language, ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return unit(lang, tenths / 10, 'second');
  const whole = Math.round(ms / 1000);
  const parts = [
    { value: Math.floor(whole / 3600), name: 'hour' as const },
    { value: Math.floor(whole / 60) % 60, name: 'minute' as const },
    { value: whole % 60, name: 'second' as const },
  ];
  return parts
    .filter((p) => p.value > 0)
    .map((p) => unit(lang, p.value, p.name))
    .join('\u00a0');
}
