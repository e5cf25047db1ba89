import type { Express } from 'express';
import { renderPage } from '../reports/render-page.ts';
import { viewScalesReport } from '../reports/view-scales-report.ts';
import type { WithheldScores } from '../../scoring/score-sheet.ts';
import { idOf, type Pages } from './pages.ts';
import { readEndedAttempt } from './read-ended-attempt.ts';
import { reportSource } from './report-source.ts';

/** The psychologist's pages: scales and protocol flags, seen by nobody else. */
export function registerPsychologyRoutes(app: Express, p: Pages): void {
  app.get('/psychology', p.requireAct('GET /psychology'), async (req, res) => {
    const attempts = await p.store.attempts
      .find({ endedAt: { $ne: null } })
      .sort({ endedAt: -1 })
      .limit(1000)
      .lean();
    const scored = new Map(
      (await p.store.scoreSheets.find({ _id: { $in: attempts.map((a) => a._id) } }).lean()).map((s) => [
        s._id,
        s,
      ]),
    );
    const rows = await Promise.all(
      attempts.map(async (a) => {
        const sheet = scored.get(a._id);
        if (!sheet) return [];
        const withheld: WithheldScores = JSON.parse(sheet.withheld);
        return [
          {
            name: a.personName,
            personnelNumber: a.personnelNumber,
            programme: (await p.register.set(a.programme)).programme.content.title,
            endedAt: a.endedAt ?? 0,
            flags: withheld.scales.reduce((n, s) => n + s.flags.length, 0),
            reportHref: `/psychology/attempts/${encodeURIComponent(a._id)}`,
          },
        ];
      }),
    );
    res
      .type('html')
      .send(
        renderPage('psychology-list', await p.frame(req, res), { attempts: rows.flat() }, p.languageOf(req)),
      );
  });

  app.get('/psychology/attempts/:id', p.requireAct('GET /psychology/attempts/:id'), async (req, res) => {
    const who = await p.signedIn(req);
    const ended = await readEndedAttempt(p.store, p.register, idOf(req));
    await p.audit.append('viewed', {
      account: who.accountId,
      what: 'GET /psychology/attempts/:id',
      of: ended.record._id,
    });
    const document = viewScalesReport(
      {
        attempt: reportSource(ended, {
          demonstration: p.demonstration,
          timeZone: p.timeZone,
          checkedAt: null,
        }),
        withheld: ended.withheld,
        questionnaires: [...ended.set.banks.values()]
          .map((b) => b.content)
          .filter((b) => b.kind === 'questionnaire'),
      },
      p.languageOf(req),
    );
    res
      .type('html')
      .send(
        renderPage(
          'psychology-report',
          await p.frame(req, res),
          { document, pdf: null, backHref: '/psychology' },
          p.languageOf(req),
        ),
      );
  });
}
