import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LanguageCode, LocalText } from '../../server/wire/contract.ts';
import texts from '../../templates/texts/terminal.json' with { type: 'json' };
import { errorWords, type Words } from '../shared/make-words.ts';
import type { Terminal } from './open-terminal.ts';
import type { Problem, TerminalState } from './terminal-state.ts';

export type TerminalKey = keyof typeof texts;
export { texts as terminalTexts };

export interface Scene {
  readonly terminal: Terminal;
  readonly state: TerminalState;
  readonly language: LanguageCode;
  readonly say: Words<TerminalKey>;
}

export const SceneContext = createContext<Scene | null>(null);

/** What every page needs. @throws Error outside of the terminal's tree */
export function useTerminal(): Scene {
  const scene = useContext(SceneContext);
  if (scene === null) throw new Error('no terminal around this page');
  return scene;
}

export function problemWords(problem: Problem, language: LanguageCode, say: Words<TerminalKey>): string {
  return problem.code === 'NO_REPLY'
    ? say('app.no-reply')
    : errorWords(problem.code, language, problem.errorId);
}

/** A length of time in words, from milliseconds: whole minutes, or minutes and seconds. */
export function sayDuration(ms: number, say: Words<TerminalKey>): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return seconds % 60 === 0
    ? say('time.minutes', { minutes })
    : say('time.minutes-seconds', { minutes, seconds: seconds % 60 });
}

export function plainText(text: LocalText, language: LanguageCode): string {
  return text[language] ?? text.kk ?? text.ru ?? text.en ?? '';
}
