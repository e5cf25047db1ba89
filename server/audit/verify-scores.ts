/** Whether the score sheet of a file holds together, and, in an audit file, whether it is what the answers give. */
import type { Bank } from '../../question-banks/schema.ts';
import { loadBank, loadProgramme } from '../../question-banks/load.ts';
import { publicationKey } from '../../question-banks/publication-key.ts';
import { score } from '../../scoring/score.ts';
import { rulesVersion } from '../../scoring/score-sheet.ts';
import { asJson } from './as-json.ts';
import { canonical, commit, sha256Hex, type Json } from './chain.ts';
import { firstDifference } from './compare-json.ts';
import type { LineOf } from './dossier-lines.ts';
import { foldAnswers } from './fold-answers.ts';
import { readBody } from './journal-bodies.ts';
import type { DossierFile, FileProblem } from './read-dossier.ts';

const problem = (line: number, what: string): FileProblem[] => [{ line, what }];

function differs(line: number, what: string, expected: Json, found: Json): FileProblem[] {
  const difference = firstDifference(expected, found);
  if (difference === null) return [];
  return problem(
    line,
    `${what}: first difference at ${difference.path || 'the whole'}: expected ${difference.expected}, found ${difference.found}`,
  );
}

type Keyed = Extract<LineOf<'score-sheet'>['value']['sections'][number], { how: 'keyed' }>;

/** What anyone can check on a keyed section without the answers. */
function faultOfSection(section: Keyed): string | null {
  const rows = [section, ...section.topics];
  if (rows.some((row) => row.score < 0 || row.score > row.maximum || row.answered > row.items))
    return 'a score or count is out of range';
  if (section.topics.reduce((sum, topic) => sum + topic.score, 0) > section.score)
    return 'the topics add up to more than the total';
  for (const { score: reached, result, precision } of rows) {
    if (result === null) continue;
    if (result.met !== reached >= result.threshold) return 'met does not follow from score and threshold';
    if (result.close !== Math.abs(reached - result.threshold) <= precision.sem)
      return 'close does not follow from score, threshold and standard error';
  }
  const met =
    section.result === null
      ? null
      : section.result.met && section.topics.every((topic) => topic.result?.met ?? true);
  return met === section.met ? null : 'met does not follow from total and topics';
}

export function checkSheet(file: DossierFile): FileProblem[] {
  const { line, value } = file.sheet;
  const { header } = file;
  if (sha256Hex(canonical(value.value)) !== value.sha256)
    return problem(line, 'score-sheet: the sha256 is not that of the sheet');
  const named = { attempt: value.value.attempt, form: value.value.form, programme: value.value.programme };
  const wanted = { attempt: header.attemptId, form: header.form, programme: header.programme };
  const other = differs(line, 'score-sheet: is of another attempt', wanted, named);
  if (other.length > 0) return other;
  const known = new Set(header.banks.map((bank) => canonical(bank)));
  if (value.value.banks.some((bank) => !known.has(canonical(bank))))
    return problem(line, 'score-sheet: names a bank that the header does not');
  return value.value.sections.flatMap((section) => {
    const fault = section.how === 'keyed' ? faultOfSection(section) : null;
    return fault === null ? [] : problem(line, `score-sheet: section ${section.section}: ${fault}`);
  });
}

/** Banks, programme and form against the hashes that the header names. */
function checkSources(file: DossierFile): FileProblem[] {
  const { header, parts } = file;
  const published = [...parts.programme, ...parts.bank].flatMap(({ line, value }) =>
    sha256Hex(canonical(value.value)) === value.sha256
      ? []
      : problem(line, `${value.part}: ${value.id}@${value.version}: the sha256 is not that of its text`),
  );
  const refs = (lines: readonly { value: { id: string; version: string; sha256: string } }[]): Json[] =>
    lines.map(({ value: { id, version, sha256 } }) => ({ id, version, sha256 }));
  const form = parts.form.flatMap(({ line, value }) =>
    sha256Hex(canonical(value.value)) === value.sha256
      ? []
      : problem(line, 'form: the sha256 is not that of its text'),
  );
  const [formLine] = parts.form;
  const issued = formLine === undefined ? {} : { id: formLine.value.value.id, sha256: formLine.value.sha256 };
  return [
    ...published,
    ...form,
    ...differs(1, 'header: the programme is not that of the file', refs(parts.programme), [header.programme]),
    ...differs(1, 'header: the banks are not those of the file', refs(parts.bank), header.banks),
    ...differs(1, 'header: the form is not that of the file', issued, header.form),
  ];
}

/** Answers were given in the section that was open, and to items of its form. */
function checkAnswerPlaces(file: DossierFile): FileProblem[] {
  const sections = new Map(
    file.parts.form[0]?.value.value.sections.map((section) => [
      section.section,
      new Set(section.items.map((one) => one.item)),
    ]),
  );
  let open: ReadonlySet<string> | null = null;
  for (const { line, value: e } of file.parts['journal-entry']) {
    if (e.kind === 'started') open = sections.get(readBody('started', e).section) ?? null;
    else if (e.kind === 'closed') open = null;
    else if (e.kind === 'answered') {
      const { itemId } = readBody('answered', e);
      if (open === null) return problem(line, `journal: entry ${e.n}: an answer while no section was open`);
      if (!open.has(itemId))
        return problem(
          line,
          `journal: entry ${e.n}: an answer to item ${itemId}, which is not in the open section`,
        );
    }
  }
  return [];
}

function recompute(file: DossierFile): FileProblem[] {
  const { header, parts, sheet } = file;
  const [programmeLine] = parts.programme;
  const [formLine] = parts.form;
  const [withheldLine] = parts['withheld-scores'];
  if (programmeLine === undefined || formLine === undefined || withheldLine === undefined) return [];

  if (sheet.value.value.rulesVersion !== rulesVersion) {
    return problem(
      sheet.line,
      `score-sheet: made by rules version ${sheet.value.value.rulesVersion}, which this program does not know`,
    );
  }
  const programme = loadProgramme(Buffer.from(canonical(programmeLine.value.value)));
  if (!programme.ok)
    return problem(
      programmeLine.line,
      `programme: ${programme.problems[0]?.path ?? ''} ${programme.problems[0]?.text ?? 'cannot be read'}`,
    );
  if (publicationKey(programme.programme) !== publicationKey(programmeLine.value))
    return problem(programmeLine.line, 'programme: is another one than its line says');
  if (programme.programme.use !== header.use)
    return problem(1, 'header: the use label is not that of the programme');

  const banks = new Map<string, Bank>();
  for (const { line, value } of parts.bank) {
    const bank = loadBank(Buffer.from(canonical(value.value)));
    if (!bank.ok)
      return problem(
        line,
        `bank: ${bank.problems[0]?.path ?? ''} ${bank.problems[0]?.text ?? 'cannot be read'}`,
      );
    if (publicationKey(bank.bank) !== publicationKey(value))
      return problem(line, 'bank: is another one than its line says');
    banks.set(publicationKey(value), bank.bank);
  }

  const misplaced = checkAnswerPlaces(file);
  if (misplaced.length > 0) return misplaced;
  const form = formLine.value.value;
  const answers = foldAnswers(parts['journal-entry'].map((placed) => placed.value));
  const scores = score({
    attempt: header.attemptId,
    form,
    formSha256: header.form.sha256,
    programme: programme.programme,
    banks,
    answers,
  });
  const stored = parts.receipt[0];
  const miscounted = stored !== undefined && stored.value.value.answersStored !== answers.size;
  return [
    ...differs(
      sheet.line,
      'score-sheet: is not what the answers give',
      asJson(scores.sheet),
      asJson(sheet.value.value),
    ),
    ...differs(
      withheldLine.line,
      'withheld-scores: are not what the answers give',
      asJson(scores.withheld),
      withheldLine.value.value,
    ),
    ...(miscounted
      ? problem(
          stored.line,
          `receipt: names ${stored.value.value.answersStored} answers, the journal holds ${answers.size}`,
        )
      : []),
  ];
}

/**
 * Computes everything again from form, banks, programme and answers and compares byte for byte.
 * @returns `recomputed` false where answers were lawfully deleted: then nothing can be computed again, and the file still verifies
 */
export function checkRecomputation(file: DossierFile): {
  readonly problems: FileProblem[];
  readonly recomputed: boolean;
} {
  if (file.format !== 'adil-audit-file-1') return { problems: [], recomputed: false };
  const { commitment, parts } = file;
  const opened = parts['withheld-scores'].flatMap(({ line, value }) =>
    commit(value.salt, value.value) === commitment.value.commitment
      ? []
      : problem(line, 'withheld-scores: are not what the commitment says'),
  );
  const announced = parts['late-answers'][0]?.value.count ?? 0;
  const late =
    announced === parts['late-answer'].length
      ? []
      : problem(parts['late-answers'][0]?.line ?? 0, 'late-answers: the count is not that of the file');
  const sources = [...opened, ...late, ...checkSources(file)];
  if (sources.length > 0) return { problems: sources, recomputed: false };
  const purged = parts['journal-entry'].some(({ value }) => value.salt === null);
  if (purged) return { problems: [], recomputed: false };
  try {
    const problems = recompute(file);
    return { problems, recomputed: problems.length === 0 };
  } catch (e) {
    return {
      problems: problem(
        file.sheet.line,
        `the scores cannot be computed again: ${e instanceof Error ? e.message : 'unknown fault'}`,
      ),
      recomputed: false,
    };
  }
}
