import { readFileSync } from 'node:fs';
import type { ScoreSheet } from '../../scoring/score-sheet.ts';

/** The score sheet in a downloaded open dossier. @throws Error when there is none */
export function readScoreSheet(file: string): ScoreSheet {
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (text === '') continue;
    const line: { part: string; value?: ScoreSheet } = JSON.parse(text);
    if (line.part === 'score-sheet' && line.value !== undefined) return line.value;
  }
  throw new Error(`${file} holds no score sheet`);
}
