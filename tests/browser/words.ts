/** The words on screen, from the same tables that the product reads, for finding things by their names. */
import monitorTexts from '../../templates/texts/monitor.json' with { type: 'json' };
import pageTexts from '../../templates/texts/pages.json' with { type: 'json' };
import reportTexts from '../../templates/texts/report.json' with { type: 'json' };
import terminalTexts from '../../templates/texts/terminal.json' with { type: 'json' };
import { makeWords, type Words } from '../../client/shared/make-words.ts';
import type { Language } from '../../question-banks/schema.ts';

export interface SpokenWords {
  readonly terminal: Words<keyof typeof terminalTexts>;
  readonly monitor: Words<keyof typeof monitorTexts>;
  readonly page: Words<keyof typeof pageTexts>;
  readonly report: Words<keyof typeof reportTexts>;
}

export function wordsOf(language: Language): SpokenWords {
  return {
    terminal: makeWords(terminalTexts, language),
    monitor: makeWords(monitorTexts, language),
    page: makeWords(pageTexts, language),
    report: makeWords(reportTexts, language),
  };
}
