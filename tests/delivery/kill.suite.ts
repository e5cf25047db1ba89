/** The real process, killed with SIGKILL while answers are on their way, and started again on the same folder. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyChain } from '../../server/audit/chain.ts';
import { prepareAttempts } from '../../server/cli/drill/prepare-attempts.ts';
import {
  createServerProcess,
  findFreePort,
  type ServerProcess,
} from '../../server/cli/drill/server-process.ts';
import { randomId } from '../../server/random-id.ts';
import { createAttemptStore } from '../../server/store/attempt-store.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Out } from '../../server/wire/contract.ts';
import { openBrowser } from '../kit/browse.ts';
import { openTestTerminal } from '../kit/open-test-terminal.ts';

describe('a killed process', () => {
  const embeddedEntry = join(process.cwd(), 'dist/server/store/embedded/worker.js');
  const programme = { id: 'attestation-tour', version: '1.0.0' };

  let folder: string;
  let server: ServerProcess;
  let origin: string;
  let person: { attemptId: string; code: string };

  const openFolder = () => openStore({ mongodbUri: null, folder: join(folder, 'store'), embeddedEntry });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adil-kill-'));
    const store = await openFolder();
    const clock = { now: () => Date.now() };
    const [prepared] = await prepareAttempts({
      store,
      clock,
      programme,
      count: 1,
      dataFolder: folder,
      questionBanks: join(process.cwd(), 'question-banks'),
    });
    await store.close();
    if (!prepared) throw new Error('nobody was prepared');
    person = prepared;
    const port = await findFreePort();
    origin = `http://127.0.0.1:${port}`;
    server = createServerProcess({
      execPath: process.execPath,
      execArgv: [],
      entry: join(process.cwd(), 'dist/server/main.js'),
      dataFolder: folder,
      port,
      now: () => performance.now(),
    });
    await server.start();
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('nothing acknowledged is lost, the outage is given back, and the attempt ends with one score sheet', async () => {
    const browser = openBrowser(origin);
    const page = await browser.post('/terminal/sign-in', { code: person.code });
    expect(page.status).toBe(200);
    const clientId = randomId();
    const terminal = await openTestTerminal({ origin, cookie: browser.cookies() });
    const { epoch, programme: shown } = await terminal.must('attempt:attach', { clientId });
    await terminal.must('identity:confirm', { epoch });
    await terminal.must('notice:accept', { epoch, version: shown.notice.version, language: 'ru' });
    const view = await terminal.must('section:start', { epoch, section: 'legislation', language: 'ru' });
    const items = view.open?.items ?? [];

    const acked = new Map<number, Out<'answer:submit'>>();
    const sent = new Map<number, { itemId: string; value: string | number | null }>();
    let killing: Promise<unknown> = Promise.resolve();
    for (let clientSeq = 1; clientSeq <= 40; clientSeq++) {
      const item = items[clientSeq % items.length];
      const option = item?.options[clientSeq % item.options.length];
      const message = { itemId: item?.id ?? '', value: option?.value ?? null };
      sent.set(clientSeq, message);
      void terminal.raw('answer:submit', { epoch, clientSeq, ...message }).then((reply) => {
        if (typeof reply !== 'object' || reply === null || !('data' in reply)) return;
        acked.set(clientSeq, reply.data as Out<'answer:submit'>);
        // Killed in the middle: some are acknowledged, some are on their way.
        if (acked.size === 5) killing = server.kill();
      });
    }
    await terminal.closed;
    await killing;
    expect(acked.size).toBeGreaterThanOrEqual(5);
    await server.start();

    const back = await openTestTerminal({ origin, cookie: browser.cookies() });
    const again = await back.must('attempt:attach', { clientId });
    expect(again).toMatchObject({ epoch, status: 'running', open: { section: 'legislation' } });
    // What was acknowledged gets the same words again; what was not is stored now.
    for (const [clientSeq, message] of sent) {
      const reply = await back.must('answer:submit', { epoch, clientSeq, ...message });
      const before = acked.get(clientSeq);
      const { n, hash, storedAt } = before ?? reply;
      expect([reply.n, reply.hash, reply.storedAt]).toEqual([n, hash, storedAt]);
    }
    const wanted = new Map([...sent.values()].map((m) => [m.itemId, m.value]));
    const now = await back.must('attempt:attach', { clientId });
    expect(new Map(now.open?.answers.map((a) => [a.itemId, a.value]))).toEqual(wanted);
    await back.must('section:hand-in', { epoch, section: 'legislation' });
    for (const section of ['logic', 'personality']) {
      await back.must('section:start', { epoch, section, language: 'ru' });
      await back.must('section:hand-in', { epoch, section });
    }
    back.disconnect();
    await server.stop();

    const store = await openFolder();
    const entries = (await createAttemptStore(store).load(person.attemptId))?.entries ?? [];
    const sheets = await store.scoreSheets.countDocuments({ _id: person.attemptId });
    await store.close();
    expect(verifyChain('attempt', person.attemptId, entries)).toBeNull();
    expect(sheets).toBe(1);
    expect(entries.filter((e) => e.kind === 'answered')).toHaveLength(sent.size);
    expect(new Set(entries.filter((e) => e.clientSeq > 0).map((e) => e.clientSeq)).size).toBe(sent.size);
    for (const a of acked.values()) expect(entries[a.n - 1]?.hash).toBe(a.hash);
    const outage = entries.find((e) => e.kind === 'incident');
    expect(outage?.body).toMatchObject({ cause: 'server-outage', method: 'hrtime', uncertaintyMs: 250 });
    const { lostMs, creditMs } = Object(outage?.body) as { lostMs: number; creditMs: number };
    expect(creditMs).toBe(lostMs);
    expect(lostMs).toBeGreaterThan(0);
    expect(entries.at(-1)).toMatchObject({ kind: 'ended', body: { how: 'handed-in' } });
  }, 60_000);
});
