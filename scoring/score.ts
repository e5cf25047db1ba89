import type { AnswerValue, Bank, Form, Programme } from '../question-banks/schema.ts';
import type {
  KeyedSection,
  QuestionnaireSection,
  ScoreSheet,
  TraceRow,
  WithheldScores,
} from './score-sheet.ts';
import { InconsistentInput } from './inconsistent-input.ts';
import { scoreKeyedSection } from './keyed-section.ts';
import { scoreQuestionnaireSection } from './questionnaire-section.ts';
import { readForm } from './read-form.ts';
import { rulesVersion } from './score-sheet.ts';

export interface ScoringInput {
  /** id of the attempt */
  readonly attempt: string;
  readonly form: Form;
  /** of the form's canonical bytes; scoring copies it and cannot check it */
  readonly formSha256: string;
  readonly programme: Programme;
  /** every bank the form names, by 'id@version', with the bytes whose sha256 the form names: that is for the caller to check */
  readonly banks: ReadonlyMap<string, Bank>;
  /** last answer of each item; an item that is absent or null is unanswered */
  readonly answers: ReadonlyMap<string, AnswerValue>;
}

export interface Scores {
  readonly sheet: ScoreSheet;
  readonly withheld: WithheldScores;
}

/**
 * Scores one attempt: the only entry of this folder. Pure: the same input gives the same canonical bytes on any machine, in any order of
 * the answers. A section whose items all have keys is keyed; one whose items have none is a questionnaire.
 * @throws InvalidAnswer for an answer that is impossible: it is never clipped and never taken as missing
 * @throws InconsistentInput when form, programme and banks do not belong together, or a section mixes both sorts of items
 */
export function score({ attempt, form, formSha256, programme, banks, answers }: ScoringInput): Scores {
  const sections: (KeyedSection | QuestionnaireSection)[] = [];
  const scales: WithheldScores['scales'][number][] = [];
  const trace: TraceRow[] = [];

  for (const marked of readForm(form, programme, banks, answers)) {
    const keyed = marked.items.filter((one) => one.how === 'keyed');
    const statements = marked.items.filter((one) => one.how === 'statement');
    if (keyed.length > 0 && statements.length > 0)
      throw new InconsistentInput(`section ${marked.section.id}`, 'mixes keyed items and statements');
    if (statements.length === 0) {
      const scored = scoreKeyedSection(marked, keyed);
      sections.push(scored.sheet);
      trace.push(...scored.trace);
    } else {
      const scored = scoreQuestionnaireSection(marked, statements);
      sections.push(scored.sheet);
      scales.push({ section: marked.section.id, scales: scored.scales, flags: scored.flags });
      trace.push(...scored.trace);
    }
  }

  return {
    sheet: {
      format: 'adil-score-sheet-1',
      rulesVersion,
      attempt,
      form: { id: form.id, sha256: formSha256 },
      programme: { id: form.programme.id, version: form.programme.version, sha256: form.programme.sha256 },
      banks: form.banks.map(({ id, version, sha256 }) => ({ id, version, sha256 })),
      sections,
    },
    withheld: { format: 'adil-withheld-scores-1', attempt, scales, trace },
  };
}
