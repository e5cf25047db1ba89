/** From what the store knows to what reports are made of. Pure. */
import { foldProcedure } from '../audit/fold-procedure.ts';
import { isEntryKind, readBody } from '../audit/journal-bodies.ts';
import type { AttemptRecord as AuditedAttempt } from '../audit/attempt-record.ts';
import type { CheckpointExtract } from '../audit/checkpoint.ts';
import { limitWithExtraTime } from '../delivery/attempt-facts.ts';
import type { HowClosed } from '../delivery/bodies.ts';
import type {
  AttemptReportSource,
  Incident,
  SectionCourse,
  UsedBank,
} from '../reports/attempt-report-source.ts';
import type { Language, Use } from '../../question-banks/schema.ts';
import type { EndedAttempt } from './read-ended-attempt.ts';

const uses: readonly Use[] = ['demonstration', 'pilot', 'operational'];
const weakest = (of: readonly Use[]): Use => uses.find((u) => of.includes(u)) ?? 'demonstration';
const translations = ['not-validated', 'reviewed', 'original'] as const;

/** Languages each section was answered in, in order of first use. */
function languagesUsed(a: EndedAttempt): Map<string, Language[]> {
  const used = new Map<string, Language[]>();
  let open: Language[] = [];
  for (const e of a.entries) {
    if (e.kind === 'started') {
      const { section, language } = readBody('started', e);
      open = [language];
      used.set(section, open);
    } else if (e.kind === 'language') {
      const { language } = readBody('language', e);
      if (!open.includes(language)) open.push(language);
    }
  }
  return used;
}

function usedBanks(a: EndedAttempt, languages: ReadonlyMap<string, readonly Language[]>): UsedBank[] {
  return [...a.set.banks.values()].map(({ content: bank }) => {
    const answeredIn = a.set.programme.content.sections
      .filter((s) => s.bank.id === bank.id)
      .flatMap((s) => languages.get(s.id) ?? []);
    const states = answeredIn.flatMap((l) => bank.languages[l] ?? []);
    return {
      id: bank.id,
      version: bank.version,
      title: bank.title,
      topics: bank.topics,
      use: weakest(states.map((s) => s.use)),
      translation: translations.find((t) => states.some((s) => s.translation === t)) ?? 'not-validated',
    };
  });
}

function course(a: EndedAttempt, languages: ReadonlyMap<string, readonly Language[]>): SectionCourse[] {
  return foldProcedure(a.entries).map((c) => {
    const section = a.set.programme.content.sections.find((s) => s.id === c.section);
    return {
      section: c.section,
      startedAt: c.startedAt,
      endedAt: c.closedAt ?? c.startedAt,
      limitMs: section ? limitWithExtraTime(section, a.record.extraTimePercent) : c.limitMs,
      givenBackMs: c.addedMs,
      endedBy: c.how ?? 'stopped',
      languages: languages.get(c.section) ?? [],
    };
  });
}

/** A transfer belongs together with the absence that it caused: the next connection incident. */
function incidents(a: EndedAttempt): Incident[] {
  const found: Incident[] = [];
  let pausedAt: number | null = null;
  for (const [i, e] of a.entries.entries()) {
    if (!isEntryKind(e.kind)) continue;
    if (e.kind === 'incident') {
      const b = readBody('incident', e);
      if (b.cause === 'connection')
        found.push({ kind: 'connection-lost', at: b.fromAt, lastedMs: b.lostMs, givenBackMs: b.creditMs });
      else if (b.cause === 'reconnect')
        found.push({ kind: 'returned', at: b.fromAt, lastedMs: b.lostMs, givenBackMs: b.creditMs });
      else
        found.push({
          kind: 'outage',
          at: b.fromAt,
          lastedMs: b.lostMs,
          uncertaintyMs: b.uncertaintyMs,
          estimated: b.method === 'wall-estimated',
          givenBackMs: b.creditMs,
        });
    } else if (e.kind === 'leased' && i > 0 && readBody('leased', e).by === 'transfer') {
      found.push({ kind: 'transferred', at: e.at, givenBackMs: 0 });
    } else if (e.kind === 'paused') pausedAt = e.at;
    else if (e.kind === 'resumed' && pausedAt !== null) {
      found.push({ kind: 'paused', at: pausedAt, lastedMs: e.at - pausedAt });
      pausedAt = null;
    }
  }
  const lateAt = a.late.map((l) => l.at);
  if (lateAt.length > 0) found.push({ kind: 'late-answers', at: Math.min(...lateAt), count: lateAt.length });
  return found;
}

function endedBy(a: EndedAttempt): HowClosed {
  const last = a.entries.at(-1);
  return last?.kind === 'ended' ? readBody('ended', last).how : 'stopped';
}

export function reportSource(
  a: EndedAttempt,
  x: { demonstration: boolean; timeZone: string; checkedAt: number | null },
): AttemptReportSource {
  const languages = languagesUsed(a);
  const banks = usedBanks(a, languages);
  return {
    attemptId: a.record._id,
    demonstration: x.demonstration,
    use: weakest([a.set.programme.content.use, ...banks.map((b) => b.use)]),
    person: { name: a.record.personName, personnelNumber: a.record.personnelNumber },
    operator: a.operator,
    terminal: null,
    programme: a.set.programme.content,
    banks,
    startedAt: a.record.startedAt ?? a.record.issuedAt,
    endedAt: a.record.endedAt ?? a.scored.scoredAt,
    endedBy: endedBy(a),
    course: course(a, languages),
    extraTimePercent: a.record.extraTimePercent,
    incidents: incidents(a),
    faultsReported: a.entries.filter((e) => e.kind === 'fault').length,
    receiptCode: a.receipt.code,
    sheet: a.sheet,
    sheetSha256: a.scored.sha256,
    checkedAt: x.checkedAt,
    timeZone: x.timeZone,
  };
}

/** What dossier and audit file are made from. */
export function auditedAttempt(
  a: EndedAttempt,
  x: { demonstration: boolean; reports: AuditedAttempt['reports']; checkpoint: CheckpointExtract | null },
): AuditedAttempt {
  const text = (p: { canonical: string; sha256: string; content: { id: string; version: string } }) => ({
    id: p.content.id,
    version: p.content.version,
    sha256: p.sha256,
    canonical: p.canonical,
  });
  return {
    attemptId: a.record._id,
    personRandomId: a.record.personId,
    personName: a.record.personName,
    issuedAt: a.record.issuedAt,
    status: a.record.status,
    endedAt: a.record.endedAt,
    demonstration: x.demonstration,
    use: a.set.programme.content.use,
    entries: a.entries,
    form: a.record.form,
    formSha256: a.record.formSha256,
    programme: text(a.set.programme),
    banks: [...a.set.banks.values()].map(text),
    sheet: a.sheet,
    withheld: a.withheld,
    withheldSalt: a.scored.withheldSalt,
    lateAnswers: a.late.map(({ itemId, value, at }) => ({ itemId, value, at })),
    receipt: a.receipt,
    reports: x.reports,
    checkpoint: x.checkpoint,
    purged: null,
  };
}
