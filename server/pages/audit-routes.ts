import type { Express } from 'express';
import { buildAuditFile } from '../audit/dossier.ts';
import { renderPage } from '../reports/render-page.ts';
import { sha256Hex } from '../audit/chain.ts';
import { idOf, type Pages } from './pages.ts';
import { readEndedAttempt } from './read-ended-attempt.ts';
import { auditedAttempt } from './report-source.ts';

/** The auditor's pages: the audit file of each attempt, from which any score can be computed again offline. */
export function registerAuditRoutes(app: Express, p: Pages): void {
  app.get('/audit', p.requireAct('GET /audit'), async (req, res) => {
    const attempts = await p.store.attempts
      .find({ endedAt: { $ne: null }, status: { $ne: 'declined' } })
      .sort({ endedAt: -1 })
      .limit(1000)
      .lean();
    const rows = await Promise.all(
      attempts.map(async (a) => ({
        attemptId: a._id,
        programme: (await p.register.set(a.programme)).programme.content.title,
        endedAt: a.endedAt ?? 0,
        auditFileHref: `/audit/attempts/${encodeURIComponent(a._id)}/audit-file`,
        openDossierHref: null,
      })),
    );
    const keyFingerprint = sha256Hex(Buffer.from(p.sealingKey().publicKey, 'hex'));
    res
      .type('html')
      .send(
        renderPage('audit', await p.frame(req, res), { attempts: rows, keyFingerprint }, p.languageOf(req)),
      );
  });

  app.get(
    '/audit/attempts/:id/audit-file',
    p.requireAct('GET /audit/attempts/:id/audit-file'),
    async (req, res) => {
      const who = await p.signedIn(req);
      const ended = await readEndedAttempt(p.store, p.register, idOf(req));
      const checkpoint = await p.checkpointOf(ended.record._id, ended.entries.length);
      const record = auditedAttempt(ended, { demonstration: p.demonstration, reports: [], checkpoint });
      const bytes = Buffer.from(buildAuditFile(record, p.sealingKey(), p.clock.now()));
      const act = 'GET /audit/attempts/:id/audit-file';
      await p.audit.append('exported', {
        account: who.accountId,
        what: act,
        of: ended.record._id,
        sha256: sha256Hex(bytes),
      });
      res
        .type('application/jsonl')
        .setHeader('Content-Disposition', `attachment; filename="audit-file-${ended.record._id}.jsonl"`);
      res.send(bytes);
    },
  );
}
