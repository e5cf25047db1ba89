import type { Express } from 'express';
import { renderPage } from '../reports/render-page.ts';
import { viewReceipt } from '../reports/view-receipt.ts';
import { languages } from '../../question-banks/schema.ts';
import { idOf, type Pages } from './pages.ts';
import { readEndedAttempt } from './read-ended-attempt.ts';
import { reportSource } from './report-source.ts';

/** The operator's printed receipt: that answers are stored, and no result. */
export function registerMonitorRoutes(app: Express, p: Pages): void {
  app.get('/monitor/receipts/:id', p.requireAct('GET /monitor/receipts/:id'), async (req, res) => {
    const who = await p.signedIn(req);
    const ended = await readEndedAttempt(p.store, p.register, idOf(req));
    await p.audit.append('viewed', {
      account: who.accountId,
      what: 'GET /monitor/receipts/:id',
      of: ended.record._id,
    });
    const source = reportSource(ended, {
      demonstration: p.demonstration,
      timeZone: p.timeZone,
      checkedAt: null,
    });
    const lang = p.languageOf(req);
    const document = viewReceipt(
      {
        attemptId: ended.record._id,
        demonstration: p.demonstration,
        use: source.use,
        personName: ended.record.personName,
        programme: ended.set.programme.content.title,
        code: ended.receipt.code,
        answersStored: ended.receipt.answersStored,
        items: ended.receipt.items,
        endedAt: ended.receipt.endedAt,
        hash: ended.receipt.hash,
        timeZone: p.timeZone,
      },
      [lang, ...languages.filter((l) => l !== lang)],
    );
    res
      .type('html')
      .send(renderPage('receipt', await p.frame(req, res), { document, backHref: '/monitor' }, lang));
  });
}
