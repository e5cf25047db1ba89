/** What most tests of delivery are held over: the small banks of the authors' tests, in programmes that differ in one rule each. */
import type { Bank, Programme } from '../../question-banks/schema.ts';
import { validBank, validProgramme, validQuestionnaire } from '../banks/valid-bank.ts';

/** Two sections of ten minutes: `rules` (8 drawn items, language may change) and `style` (6 statements, language fixed). */
export const testProgramme = { id: 'training', version: '1.0.0' };
/** The same, and nobody needs to be admitted. */
export const openProgramme = { id: 'training-open', version: '1.0.0' };
/** As that, and of lost connections only five seconds are given back. */
export const strictProgramme = { id: 'training-strict', version: '1.0.0' };

export const sectionMs = 600_000;
export const graceMs = 2_000;

export function testFiles(): (Bank | Programme)[] {
  const programme = validProgramme();
  return [
    validBank(),
    validQuestionnaire(),
    programme,
    { ...programme, ...openProgramme, admission: 'automatic' },
    { ...programme, ...strictProgramme, admission: 'automatic', giveBack: { disconnectTotalMs: 5_000 } },
  ];
}
