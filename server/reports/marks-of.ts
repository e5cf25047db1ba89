import type { Language } from '../../question-banks/schema.ts';
import type { AttemptReportSource } from './attempt-report-source.ts';
import { say } from './say.ts';

/** The mark that every page of this use carries; none in operation. */
export function marksOf(
  source: Pick<AttemptReportSource, 'demonstration' | 'use'>,
  lang: Language,
): string[] {
  if (source.demonstration || source.use === 'demonstration') return [say(lang, 'mark.demonstration')];
  return source.use === 'pilot' ? [say(lang, 'mark.pilot')] : [];
}
