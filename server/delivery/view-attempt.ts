/** What a terminal is shown: pure, from facts and state. No key, norm or scoring rule comes near it. */
import { employeeView } from '../../question-banks/kinds/item-kinds.ts';
import type { EmployeeItem } from '../../question-banks/kinds/employee-view.ts';
import type { Bank, Programme } from '../../question-banks/schema.ts';
import type { ScoreSheet } from '../../scoring/score-sheet.ts';
import type { AttemptView, OpenSection, ShownItem, ShownResult } from '../wire/contract.ts';
import {
  bankOfSection,
  formOf,
  itemOnForm,
  limitWithExtraTime,
  programmeSection,
  type AttemptFacts,
} from './attempt-facts.ts';
import { remainingMs } from './remaining.ts';
import type { Live } from './live-attempts.ts';
import type { Outcome } from './outcome.ts';
import { nextClientSeq } from './state.ts';

export function shownItem(v: EmployeeItem): ShownItem {
  return v.kind === 'likert'
    ? {
        id: v.id,
        kind: v.kind,
        stem: v.stem,
        options: v.options.map((o) => ({ id: o.id, value: o.value, text: o.text })),
      }
    : {
        id: v.id,
        kind: v.kind,
        stem: v.stem,
        options: v.options.map((o) => ({ id: o.id, value: o.id, text: o.text })),
      };
}

/** The items of one section in the order of the form. */
export function shownItems(facts: AttemptFacts, sectionIndex: number): ShownItem[] {
  const bank = bankOfSection(facts, sectionIndex);
  return (formOf(facts).sections[sectionIndex]?.items ?? []).map((formItem) => {
    const found = itemOnForm(facts, sectionIndex, formItem.item);
    if (!found) throw new Error(`attempt ${facts.attemptId}: item ${formItem.item} is not in its bank`);
    return shownItem(employeeView(found.item, bank, formItem));
  });
}

function openSection(live: Live, now: number): OpenSection | null {
  const { state, facts } = live;
  const section = state.sections[state.open];
  if (!section) return null;
  const items = shownItems(facts, state.open);
  return {
    section: section.id,
    language: section.language ?? state.language ?? 'kk',
    items,
    answers: items.flatMap((i) => {
      const slot = state.answers.get(i.id);
      return slot ? [{ itemId: i.id, value: slot.value }] : [];
    }),
    flagged: items.filter((i) => state.flagged.has(i.id)).map((i) => i.id),
    remainingMs: remainingMs(live, now),
  };
}

/** Sections as the employee may see them after the end: keyed results, and of a questionnaire that it was completed. */
export function shownResults(
  sheet: ScoreSheet,
  programme: Programme,
  banks: ReadonlyMap<string, { content: Bank }>,
): ShownResult[] {
  return sheet.sections.map((s): ShownResult => {
    const section = programme.sections.find((x) => x.id === s.section);
    const title = section?.title ?? {};
    const base = { section: s.section, title, answered: s.answered, items: s.items };
    if (s.how === 'questionnaire')
      return {
        ...base,
        how: 'questionnaire',
        score: null,
        maximum: null,
        threshold: null,
        met: null,
        close: false,
        topics: [],
      };
    const topics = section
      ? (banks.get(`${section.bank.id}@${section.bank.version}`)?.content.topics ?? [])
      : [];
    return {
      ...base,
      how: 'keyed',
      score: s.score,
      maximum: s.maximum,
      threshold: s.result?.threshold ?? null,
      met: s.met,
      close: (s.result?.close ?? false) || s.topics.some((t) => t.result?.close ?? false),
      topics: s.topics.map((t) => ({
        title: topics.find((x) => x.id === t.topic)?.title ?? {},
        score: t.score,
        maximum: t.maximum,
        threshold: t.result?.threshold ?? null,
        met: t.result?.met ?? null,
      })),
    };
  });
}

export interface ViewExtras {
  readonly now: number;
  readonly demonstration: boolean;
  readonly outcome: Outcome | null;
}

export function viewAttempt(live: Live, x: ViewExtras): AttemptView {
  const { facts, state } = live;
  const programme = facts.set.programme.content;
  return {
    attemptId: facts.attemptId,
    epoch: Math.max(1, state.epoch),
    status: state.status,
    person: { name: facts.personName },
    demonstration: x.demonstration,
    programme: {
      id: programme.id,
      version: programme.version,
      title: programme.title,
      languages: programme.languages,
      notice: programme.notice,
      announceAtMs: programme.announceAtMs,
      admission: programme.admission,
    },
    language: state.language,
    admitted: state.admitted || programme.admission === 'automatic',
    accommodations: {
      extraTimePercent: facts.extraTimePercent,
      largeText: facts.largeText,
      highContrast: facts.highContrast,
    },
    sections: state.sections.map((s, i) => {
      const section = programmeSection(facts, i);
      const bank = bankOfSection(facts, i);
      return {
        id: s.id,
        title: section.title,
        items: facts.itemsOnForm[i]?.length ?? 0,
        limitMs: limitWithExtraTime(section, facts.extraTimePercent),
        standardLimitMs: section.limitMs,
        languageSwitch: section.languageSwitch,
        instructions: bank.instructions,
        practice:
          s.status === 'closed'
            ? []
            : bank.practice.map((p) => shownItem(employeeView(p, bank, { item: p.id }))),
        status: s.status,
      };
    }),
    open: openSection(live, x.now),
    results: x.outcome ? shownResults(x.outcome.sheet, programme, facts.set.banks) : [],
    receipt: x.outcome?.receipt ?? null,
    nextClientSeq: nextClientSeq(state),
    serverAt: x.now,
  };
}
