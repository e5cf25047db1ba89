import type { ProtocolFlag, QuestionnaireSection, ScaleScore, TraceRow } from './score-sheet.ts';
import type { MarkedStatement } from './kinds/mark-item.ts';
import type { MarkedSection } from './read-form.ts';
import { attainableRange } from '../question-banks/kinds/item-kinds.ts';
import { flagProtocol } from './flags.ts';
import { InconsistentInput } from './inconsistent-input.ts';
import { reverse } from './kinds/likert.ts';
import { answersOfScale, scoreScale } from './scales.ts';

/** One row for each way an item counts: once direct, once reversed where its scales differ; an item in no scale is listed as direct. */
function traceItem(
  section: string,
  { item, answer, mark, responses }: MarkedStatement,
  direct: readonly string[],
  reversed: readonly string[],
): TraceRow[] {
  const rows: TraceRow[] = [];
  const base = { section, item: item.id, answer };
  if (direct.length > 0 || reversed.length === 0)
    rows.push({ ...base, key: 'direct', mark, countsIn: direct });
  if (reversed.length > 0)
    rows.push({
      ...base,
      key: 'reversed',
      mark: mark === null ? null : reverse(mark, responses),
      countsIn: reversed,
    });
  return rows;
}

/** Everything but the number of answers is withheld: scales in the order of the bank, flags, trace. A scale with no item on the form is left out. */
export function scoreQuestionnaireSection(
  { section, bank }: MarkedSection,
  items: readonly MarkedStatement[],
): { sheet: QuestionnaireSection; scales: ScaleScore[]; flags: ProtocolFlag[]; trace: TraceRow[] } {
  const onForm = new Map(items.map((one) => [one.item.id, one]));
  const rangeOf = (id: string) => {
    const item = bank.items.find((one) => one.id === id);
    if (item?.kind !== 'likert')
      throw new InconsistentInput(`item ${id}`, 'a scale counts it, but it is not a likert item of the bank');
    return attainableRange(item, bank);
  };
  const scales = bank.scales.filter((scale) => scale.items.some(({ item }) => onForm.has(item)));
  const countedIn = (item: string, reversed: boolean) =>
    bank.scales
      .filter((scale) => scale.items.some((one) => one.item === item && one.reversed === reversed))
      .map((scale) => scale.id);

  return {
    sheet: {
      how: 'questionnaire',
      section: section.id,
      items: items.length,
      answered: items.filter((one) => one.answer !== null).length,
    },
    scales: scales.map((scale) => scoreScale(scale, answersOfScale(scale, rangeOf, onForm))),
    flags: flagProtocol(items),
    trace: items.flatMap((one) =>
      traceItem(section.id, one, countedIn(one.item.id, false), countedIn(one.item.id, true)),
    ),
  };
}
