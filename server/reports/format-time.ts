import type { Language } from '../../question-banks/schema.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Plain "en" would write the month first: 11/12/2026 would be read two ways. */
const localeOf = (lang: Language) => (lang === 'en' ? 'en-GB' : lang);

function formatter(
  lang: Language,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const name = `${lang} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(lang), { ...options, timeZone });
  formats.set(name, made);
  return made;
}

/** Day and time to the second in the organisation's time zone; `at` in ms since the epoch. */
export function formatTime(lang: Language, at: number, timeZone: string): string {
  const day = formatter(lang, timeZone, { dateStyle: 'long' }).format(at);
  const clock = formatter(lang, timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return `${day}, ${clock}`;
}

/** The time of day alone, to the second. */
export function formatClock(lang: Language, at: number, timeZone: string): string {
  return formatter(lang, timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** Day and time to the minute, short, for lists. */
export function formatShortTime(lang: Language, at: number, timeZone: string): string {
  return formatter(lang, timeZone, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** Name of the zone and its distance from UTC at that moment: "Asia/Almaty (GMT+5)". */
export function formatTimeZone(lang: Language, at: number, timeZone: string): string {
  const part = formatter(lang, timeZone, { timeZoneName: 'shortOffset' })
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
