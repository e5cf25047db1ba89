import type { Express, Request } from 'express';
import type { Act } from '../access/policy.ts';
import { asJson } from '../audit/as-json.ts';
import { canonical, sha256Hex } from '../audit/chain.ts';
import { buildOpenDossier } from '../audit/dossier.ts';
import { languages, type Language } from '../../question-banks/schema.ts';
import { renderPage } from '../reports/render-page.ts';
import { viewAttemptReport } from '../reports/view-attempt-report.ts';
import type { ByLanguage, CommissionListPage, EndedBy, ListedAttempt } from '../reports/page-data.ts';
import type { ScoreSheet } from '../../scoring/score-sheet.ts';
import { chainRange } from '../store/chain-record.ts';
import type { AttemptRecord, ScoreSheetRecord } from '../store/build-models.ts';
import { idOf, queryText, type Pages } from './pages.ts';
import { readEndedAttempt } from './read-ended-attempt.ts';
import { auditedAttempt, reportSource } from './report-source.ts';

const endings: readonly EndedBy[] = ['handed-in', 'timed-out', 'stopped'];

export function pdfLinks(base: string): ByLanguage {
  return { kk: `${base}.pdf?lang=kk`, ru: `${base}.pdf?lang=ru`, en: `${base}.pdf?lang=en` };
}

/** The commission's pages: the list of finished attempts, the report as page and PDF, the open dossier. */
export function registerCommissionRoutes(app: Express, p: Pages): void {
  app.get('/commission', p.requireAct('GET /commission'), async (req, res) => {
    const frame = await p.frame(req, res);
    res.type('html').send(renderPage('commission-list', frame, await listPage(p, req), p.languageOf(req)));
  });

  app.get(
    '/commission/attempts/:id.pdf',
    p.requireAct('GET /commission/attempts/:id.pdf'),
    async (req, res) => {
      const document = await reportDocument(p, req, 'GET /commission/attempts/:id.pdf');
      const pdf = await p.pdf.render(document.document, document.endedAt);
      res
        .type('application/pdf')
        .setHeader('Content-Disposition', `inline; filename="report-${idOf(req)}.pdf"`);
      res.send(pdf);
    },
  );

  app.get(
    '/commission/attempts/:id/open-dossier',
    p.requireAct('GET /commission/attempts/:id/open-dossier'),
    async (req, res) => {
      const who = await p.signedIn(req);
      const ended = await readEndedAttempt(p.store, p.register, idOf(req));
      const source = reportSource(ended, {
        demonstration: p.demonstration,
        timeZone: p.timeZone,
        checkedAt: null,
      });
      const reports = languages.map((language) => ({
        language,
        sha256: sha256Hex(canonical(asJson(viewAttemptReport(source, language)))),
      }));
      const checkpoint = await p.checkpointOf(ended.record._id, ended.entries.length);
      const record = auditedAttempt(ended, { demonstration: p.demonstration, reports, checkpoint });
      const bytes = Buffer.from(buildOpenDossier(record, p.sealingKey(), p.clock.now()));
      const act = 'GET /commission/attempts/:id/open-dossier';
      await p.audit.append('exported', {
        account: who.accountId,
        what: act,
        of: ended.record._id,
        sha256: sha256Hex(bytes),
      });
      res
        .type('application/jsonl')
        .setHeader('Content-Disposition', `attachment; filename="open-dossier-${ended.record._id}.jsonl"`);
      res.send(bytes);
    },
  );

  app.get('/commission/attempts/:id', p.requireAct('GET /commission/attempts/:id'), async (req, res) => {
    const { document } = await reportDocument(p, req, 'GET /commission/attempts/:id');
    const base = `/commission/attempts/${encodeURIComponent(idOf(req))}`;
    const data = {
      document,
      pdf: pdfLinks(base),
      openDossierHref: `${base}/open-dossier`,
      backHref: '/commission',
    };
    res.type('html').send(renderPage('commission-report', await p.frame(req, res), data, p.languageOf(req)));
  });
}

async function reportDocument(p: Pages, req: Request, act: Act) {
  const who = await p.signedIn(req);
  const ended = await readEndedAttempt(p.store, p.register, idOf(req));
  await p.audit.append('viewed', { account: who.accountId, what: act, of: ended.record._id });
  const source = reportSource(ended, {
    demonstration: p.demonstration,
    timeZone: p.timeZone,
    checkedAt: null,
  });
  return { document: viewAttemptReport(source, p.languageOf(req)), endedAt: source.endedAt };
}

async function listPage(p: Pages, req: Request): Promise<CommissionListPage> {
  const filters = {
    text: queryText(req, 'text'),
    status: endings.find((e) => e === queryText(req, 'status')) ?? ('' as const),
    programme: queryText(req, 'programme'),
    result:
      (['met', 'not-met', 'close'] as const).find((r) => r === queryText(req, 'result')) ?? ('' as const),
  };
  const attempts = await p.store.attempts
    .find({ endedAt: { $ne: null }, status: { $in: [...endings] } })
    .sort({ endedAt: -1 })
    .limit(1000)
    .lean();
  const sheets = new Map(
    (await p.store.scoreSheets.find({ _id: { $in: attempts.map((a) => a._id) } }).lean()).map((s) => [
      s._id,
      s,
    ]),
  );
  const rows = await Promise.all(attempts.map((a) => listed(p, a, sheets.get(a._id))));
  const wanted = attempts.flatMap((a, i) => {
    const row = rows[i];
    return row && matches(row, a, sheets.get(a._id), filters, p.languageOf(req)) ? [row] : [];
  });
  const programmes = new Map<string, CommissionListPage['programmes'][number]>();
  for (const a of attempts)
    programmes.set(a.programme.id, {
      id: a.programme.id,
      title: (await p.register.set(a.programme)).programme.content.title,
    });
  return {
    action: '/commission',
    filters,
    programmes: [...programmes.values()],
    attempts: wanted,
    total: attempts.length,
  };
}

async function listed(
  p: Pages,
  a: AttemptRecord,
  scored: ScoreSheetRecord | undefined,
): Promise<ListedAttempt> {
  const { programme } = await p.register.set(a.programme);
  const sheet: ScoreSheet | null = scored ? JSON.parse(scored.sheet) : null;
  const base = `/commission/attempts/${encodeURIComponent(a._id)}`;
  const incidents = await p.store.journal.countDocuments({ _id: chainRange(a._id), kind: 'incident' });
  return {
    name: a.personName,
    personnelNumber: a.personnelNumber,
    programme: programme.content.title,
    endedAt: a.endedAt ?? 0,
    endedBy: endings.find((e) => e === a.status) ?? 'stopped',
    incidents,
    results: (sheet?.sections ?? []).flatMap((s) => {
      const title = programme.content.sections.find((x) => x.id === s.section)?.title ?? {};
      if (s.how !== 'keyed') return [];
      return [
        {
          section: title,
          met: s.met,
          close: (s.result?.close ?? false) || s.topics.some((t) => t.result?.close ?? false),
        },
      ];
    }),
    reportHref: base,
    pdf: pdfLinks(base),
  };
}

function matches(
  row: ListedAttempt,
  a: AttemptRecord,
  scored: ScoreSheetRecord | undefined,
  f: CommissionListPage['filters'],
  lang: Language,
): boolean {
  const text = `${row.name} ${row.personnelNumber}`.toLocaleLowerCase(lang);
  if (f.text !== '' && !text.includes(f.text.trim().toLocaleLowerCase(lang))) return false;
  if (f.status !== '' && row.endedBy !== f.status) return false;
  if (f.programme !== '' && a.programme.id !== f.programme) return false;
  switch (f.result) {
    case '':
      return true;
    case 'met':
      return scored?.met === true;
    case 'not-met':
      return scored?.met === false;
    case 'close':
      return scored?.close === true;
  }
}
