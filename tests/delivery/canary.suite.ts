/**
 * Marks that occur nowhere else are written where secrets live: sources of keys, drafts, difficulties, scales, norms, and the answers to
 * a questionnaire. One attempt is then driven from beginning to end, everything that an employee, an operator and a commission member
 * may ask for is asked for, and no byte that came back may hold a mark.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policy, type Act } from '../../server/access/policy.ts';
import { requests } from '../../server/wire/contract.ts';
import type { Bank, Item, Programme } from '../../question-banks/schema.ts';
import { validBank, validProgramme, validQuestionnaire } from '../banks/valid-bank.ts';
import type { Browser, Page } from '../kit/browse.ts';
import { openTestTerminal, type TestTerminal } from '../kit/open-test-terminal.ts';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { invitePerson, type TestPerson } from '../kit/test-person.ts';
import { hasPoppler, textOf } from '../reports/read-pdf.ts';

describe('canaries', () => {
  /** Marks of what must not leave the server before release. */
  const secret = {
    sentence: 'zqkeysentencevx',
    checker: 'zqkeycheckervx',
    edition: 'zqkeyeditionvx',
    draft: 'zqdraftstemvx',
    scale: 'zqscaletitlevx',
    norm: 'zqnormmethodvx',
    difficulty: '0.7361942',
  };
  /** Words of the response scale: on the employee's screen during the section, nowhere else at any time. */
  const response = 'zqresponsevx';
  /** Values of the questionnaire's answers; nothing else in the product counts in these numbers. */
  const values = [-97, -89, -83, -79, -73] as const;
  const answered = new RegExp(`(?<![\\w.-])(?:${values.join('|')})(?![\\w.])`);

  function markedBank(): Bank {
    const bank = validBank();
    const marked = bank.items.map((item): Item => ({
      ...item,
      difficulty: Number(secret.difficulty),
      ...(item.source
        ? {
            source: {
              ...item.source,
              sentence: `${secret.sentence} ${item.id}`,
              checkedBy: secret.checker,
              edition: secret.edition,
            },
          }
        : {}),
    }));
    const [first] = marked;
    if (first?.kind !== 'single-choice') throw new Error('the bank begins with a choice');
    const words = { kk: secret.draft, ru: secret.draft, en: secret.draft };
    const draft: Item = {
      ...first,
      id: 'draft-0a',
      draft: true,
      stem: words,
      options: first.options.map((o, i) => ({
        ...o,
        id: `${o.id}d`,
        text: { kk: `${i} kk`, ru: `${i} ru`, en: `${i} en` },
      })),
      key: `${first.key}d`,
    };
    return { ...bank, items: [...marked, draft] };
  }

  function markedQuestionnaire(): Bank {
    const bank = validQuestionnaire();
    const [scale] = bank.responseScales;
    if (!scale) throw new Error('the questionnaire has a response scale');
    return {
      ...bank,
      responseScales: [
        {
          ...scale,
          responses: scale.responses.map((_, i) => ({
            value: values[i] ?? 0,
            text: { kk: `${response} kk${i}`, ru: `${response} ru${i}`, en: `${response} en${i}` },
          })),
        },
      ],
      scales: bank.scales.map((s) => ({
        ...s,
        title: { kk: secret.scale, ru: secret.scale, en: secret.scale },
      })),
      normGroups: [
        {
          id: 'norm',
          title: { kk: secret.norm, ru: secret.norm, en: secret.norm },
          language: 'kk',
          n: 240,
          collectedAt: '2026-01-01',
          method: secret.norm,
          scales: bank.scales.map((s) => ({ scale: s.id, mean: -250, sd: 11, reliability: 0.8 })),
        },
      ],
    };
  }

  /** Words of an author are shown as they are, whatever they look like. */
  const literal = '{{7*7}} {{{constructor.constructor}}} <img src=x onerror=alert(1)> zqtitlevx';

  function markedProgramme(): Programme {
    const programme = validProgramme();
    return { ...programme, title: { kk: literal, ru: literal, en: literal } };
  }

  let t: TestServer;
  let p: TestPerson;
  let operator: Browser;
  let commission: Browser;
  let monitor: TestTerminal;
  const got: { who: string; what: string; text: string }[] = [];

  /** The employee while the questionnaire is open: the own answers and the words of the scale are on the screen then. */
  const atWork = 'employee at work';
  const keep = (who: string, what: string, text: string): void => void got.push({ who, what, text });

  beforeAll(async () => {
    t = await startTestServer({ files: [markedBank(), markedQuestionnaire(), markedProgramme()] });
    operator = await t.staff('operator');
    commission = await t.staff('commission');
    monitor = await openTestTerminal({ origin: t.origin(), cookie: operator.cookies(), as: 'staff' });
    keep('operator', 'room:watch', JSON.stringify(await monitor.must('room:watch', {})));
  });
  afterAll(() => {
    monitor.disconnect();
    return t.close();
  });

  /** Addresses of the routes that can be fetched; a new one without a line here fails the test. */
  function addresses(attemptId: string): Readonly<Record<string, readonly string[]>> {
    const lang = ['kk', 'ru', 'en'] as const;
    const all = (path: string): string[] => [path, ...lang.map((l) => `${path}?lang=${l}`)];
    return {
      assets: assetFiles(),
      'GET /healthz': ['/healthz'],
      'GET /readyz': ['/readyz'],
      'GET /': all('/'),
      'GET /sign-in': all('/sign-in'),
      'GET /setup/:token': ['/setup/nothing'],
      'GET /terminal': ['/terminal'],
      'GET /monitor': ['/monitor'],
      'GET /monitor/receipts/:id': all(`/monitor/receipts/${attemptId}`),
      'GET /commission': [...all('/commission'), '/commission?text=a&status=handed-in&result=met'],
      'GET /commission/attempts/:id': all(`/commission/attempts/${attemptId}`),
      'GET /commission/attempts/:id.pdf': [`/commission/attempts/${attemptId}.pdf?lang=kk`],
      'GET /commission/attempts/:id/open-dossier': [`/commission/attempts/${attemptId}/open-dossier`],
      'GET /psychology': ['/psychology'],
      'GET /psychology/attempts/:id': [`/psychology/attempts/${attemptId}`],
      'GET /audit': ['/audit'],
      'GET /audit/attempts/:id/audit-file': [`/audit/attempts/${attemptId}/audit-file`],
      'GET /accounts': ['/accounts'],
    };
  }

  function assetFiles(): string[] {
    const root = join(process.cwd(), 'dist', 'client');
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((f) => f.isFile())
      .map((f) => `/assets${join(f.parentPath, f.name).slice(root.length)}`);
  }

  async function textOfPage(page: Page): Promise<string> {
    const isPdf = page.headers.get('content-type')?.startsWith('application/pdf') ?? false;
    if (!isPdf) return page.text;
    return page.bytes.toString('latin1') + (hasPoppler ? textOf(page.bytes) : '');
  }

  /** Asks for every page there is: what may be had and how each refusal reads. */
  async function fetchAll(who: string, at: Browser, attemptId: string): Promise<Map<string, number>> {
    const status = new Map<string, number>();
    for (const [route, paths] of Object.entries(addresses(attemptId))) {
      // Files are the same for everyone.
      if (route === 'assets' && got.some((g) => g.what === paths[0])) continue;
      for (const path of paths) {
        const page = await at.get(path);
        status.set(route, page.status);
        const headers = JSON.stringify([...page.headers]);
        keep(who, path, headers + (await textOfPage(page)));
      }
    }
    return status;
  }

  test('every route that can be fetched has an address here', () => {
    const routes = Object.keys(policy).filter((a) => a === 'assets' || a.startsWith('GET '));
    expect(Object.keys(addresses('x')).toSorted()).toEqual(routes.toSorted());
  });

  test('a whole attempt, by employee and operator, with everything that they may say', async () => {
    p = await invitePerson(t, { name: 'Canary' });
    keep('employee', 'attach', JSON.stringify(p.view));
    await fetchAll('employee', p.browser, p.attemptId);
    await p.prepare('ru');
    await p.begin('ru');
    for (let i = 0; i < 8; i++) await p.mustAnswer(p.item(i), p.value(i));
    const held = { epoch: p.epoch, itemId: p.item(0) };
    keep(
      'employee',
      'view',
      JSON.stringify(await p.terminal.ask('item:view', { ...held, clientSeq: p.nextSeq++ })),
    );
    await p.terminal.ask('item:flag', { ...held, clientSeq: p.nextSeq++, flagged: true });
    await p.terminal.ask('fault:report', { ...held, clientSeq: p.nextSeq++, text: 'x' });
    await p.terminal.ask('language:set', { epoch: p.epoch, language: 'kk' });
    await p.answer('draft-0a', 'x');
    await p.answer(p.item(0), 'no-such-option');
    await t.running().rounds.tell();
    await p.handIn();
    keep('employee', 'first section, over the socket', p.terminal.received());
    await fetchAll('operator', operator, p.attemptId);
    await p.begin('ru');
    const shown = p.view.open?.items.flatMap((i) => i.options.map((o) => o.value));
    expect(new Set(shown)).toEqual(new Set(values));
    for (let i = 0; i < 6; i++) await p.mustAnswer(p.item(i), values[i % values.length] ?? null);
    await t.running().rounds.tell();
    keep(atWork, 'second section, over the socket', p.terminal.received());
    const code = await t.transfer(p.attemptId);
    await p.reload(await t.signIn(code));
    keep(atWork, 'at another terminal', p.terminal.received());
    await p.handIn();
    expect(p.view.status).toBe('handed-in');
    keep('employee', 'the end', JSON.stringify(p.view));
    await p.lose();
    await p.reload();
    keep('employee', 'after the end', p.terminal.received());
    await t.running().rounds.tell();
    keep('operator', 'over the socket', monitor.received());
    expect(monitor.waiting('room:changed')).toBeGreaterThan(1);
  });

  test('every request of the contract by each of them, after the end', async () => {
    const sample = {
      clientId: p.clientId,
      epoch: p.epoch,
      version: '1.0.0',
      language: 'ru',
      section: 'style',
      clientSeq: 1,
    };
    const more = {
      itemId: p.view.sections[0]?.id,
      value: -97,
      flagged: true,
      text: 'x',
      attemptId: p.attemptId,
    };
    const all: Readonly<Record<string, unknown>> = {
      ...sample,
      ...more,
      personId: 'x',
      programme: { id: 'training', version: '1.0.0' },
    };
    for (const [name, row] of Object.entries(requests)) {
      const message = Object.fromEntries(Object.keys(row.in.properties).map((f) => [f, all[f]]));
      for (const [who, at] of [
        ['employee', p.browser],
        ['operator', operator],
        ['commission', commission],
      ] as const)
        keep(who, name, (await at.post(`/wire/${name}`, message)).text);
    }
    const { rows } = await monitor.must('room:watch', {});
    keep('operator', 'room:watch', JSON.stringify(rows));
    expect(rows).toHaveLength(1);
  });

  test('every page by each of them, after the end', async () => {
    await fetchAll('employee', p.browser, p.attemptId);
    const seen = {
      operator: await fetchAll('operator', operator, p.attemptId),
      commission: await fetchAll('commission', commission, p.attemptId),
    };
    // The pages were really there: what a role may do it got.
    const may = (role: 'operator' | 'commission', act: string) =>
      policy[act as Act].visitors === true || policy[act as Act].roles.includes(role);
    for (const role of ['operator', 'commission'] as const)
      for (const [route, status] of seen[role])
        expect([role, route, status < 400 || status === 410]).toEqual([role, route, may(role, route)]);
  });

  describe('of what came back', () => {
    test.each(Object.entries(secret))('nothing holds the mark of the %s', (_, mark) => {
      const leaks = got.filter((g) => g.text.includes(mark)).map((g) => `${g.who} ${g.what}`);
      expect(leaks).toEqual([]);
    });

    test('only the employee saw the responses, and only while the section was open', () => {
      const seen = got.filter((g) => g.text.includes(response));
      expect([...new Set(seen.map((g) => g.who))]).toEqual([atWork]);
      expect(seen).toHaveLength(2);
    });

    test('nothing holds an answer to the questionnaire', () => {
      const leaks = got
        .filter((g) => !g.what.startsWith('/assets') && g.who !== atWork)
        .flatMap((g) => {
          const found = answered.exec(g.text);
          return found
            ? [`${g.who} ${g.what}: …${g.text.slice(Math.max(0, found.index - 40), found.index + 20)}`]
            : [];
        });
      expect(leaks).toEqual([]);
    });

    test('words of an author run nowhere: no template in them, no tag', () => {
      const html = got.filter((g) => g.text.includes('zqtitlevx') && g.text.includes('<html'));
      expect(new Set(html.map((g) => g.who))).toEqual(new Set(['operator', 'commission']));
      expect(html.filter((g) => g.text.includes('<img src=x')).map((g) => g.what)).toEqual([]);
      for (const g of html) expect(g.text).toContain('{{7*7}} {{{constructor.constructor}}} &lt;img src');
    });

    test('nothing names a key beside its item', () => {
      const leaks = got.filter((g) =>
        /"(key|reversed|mark|countsIn|correct|difficulty|normGroups)"/.test(g.text),
      );
      expect(leaks.filter((g) => !g.what.startsWith('/assets')).map((g) => `${g.who} ${g.what}`)).toEqual([]);
    });

    test('nor does the log', () => {
      const log = t.logged.join('\n');
      for (const mark of [...Object.values(secret), response]) expect(log).not.toContain(mark);
      expect(answered.test(log)).toBe(false);
    });
  });

  test('the shipped banks are in no file that a browser can load', () => {
    const secrets: string[] = [];
    const folder = join(process.cwd(), 'question-banks', 'banks');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.json'),
    )) {
      const bank: Bank = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      for (const item of bank.items)
        secrets.push(
          item.id,
          ...(item.source ? [item.source.sentence] : []),
          ...(item.stem.ru ? [item.stem.ru] : []),
        );
    }
    expect(secrets.length).toBeGreaterThan(300);
    const files = got.filter((g) => g.what.startsWith('/assets'));
    expect(files.some((g) => g.what.endsWith('.js'))).toBe(true);
    const found = secrets.filter((s) => s.length > 6 && files.some((f) => f.text.includes(s)));
    expect(found).toEqual([]);
  });

  test('the marks are alive: psychologist and auditor find them where they belong', async () => {
    const psychologist = await t.staff('psychologist');
    const scales = await psychologist.get(`/psychology/attempts/${p.attemptId}`);
    expect([scales.status, scales.text.includes(secret.scale)]).toEqual([200, true]);
    const auditor = await t.staff('auditor');
    const file = await auditor.get(`/audit/attempts/${p.attemptId}/audit-file`);
    for (const mark of [
      secret.sentence,
      secret.checker,
      secret.draft,
      secret.norm,
      secret.difficulty,
      response,
    ])
      expect(file.text).toContain(mark);
    expect(answered.test(file.text)).toBe(true);
  });
});
