/**
 * Whatever happens to a terminal, a connection or the server, the answers that count are those that the person gave last. The real acts
 * over the real store run beside a model of a few lines, through random histories. ADIL_RUNS sets how many.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyChain } from '../../server/audit/chain.ts';
import { foldAnswers } from '../../server/audit/fold-answers.ts';
import { openServerKey, type ServerKey } from '../../server/audit/server-key.ts';
import { readSeeds, seedPublications } from '../../server/banks/seed-publications.ts';
import { composeDelivery, type Composed } from '../../server/compose-delivery.ts';
import { createCodeMaker } from '../../server/delivery/code-maker.ts';
import { admitAttempt } from '../../server/delivery/acts/admit-attempt.ts';
import { detachTerminal } from '../../server/delivery/acts/detach-terminal.ts';
import { issueAttempt } from '../../server/delivery/acts/issue-attempt.ts';
import { recoverAttempts } from '../../server/delivery/acts/recover-attempts.ts';
import type { Link } from '../../server/delivery/live-attempts.ts';
import { Refusal } from '../../server/errors.ts';
import { randomId } from '../../server/random-id.ts';
import { findPublication } from '../../server/store/find-publication.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import type { In, Out, RequestName } from '../../server/wire/contract.ts';
import { bytesOf } from '../banks/valid-bank.ts';
import { graceMs, openProgramme, sectionMs, testFiles } from '../kit/test-programme.ts';

describe('any history', () => {
  const runs = Number(process.env['ADIL_RUNS'] ?? 10);
  const allowanceMs = 300_000;

  let store: Store;
  let folder: string;
  let key: ServerKey;
  let personId: string;
  const codes = createCodeMaker(randomBytes(32), 3600_000);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adil-model-'));
    const embeddedEntry = join(process.cwd(), 'dist/server/store/embedded/worker.js');
    store = await openStore({ mongodbUri: null, folder: join(folder, 'store'), embeddedEntry });
    key = openServerKey(join(folder, 'server-key.json'), 0);
    await seedPublications(
      {
        find: (kind, ref) => findPublication(store, kind, ref),
        insert: async (record) => void (await store.publications.create(record)),
      },
      readSeeds(
        testFiles().map((f, i) => ({ name: String(i), bytes: bytesOf(f) })),
        0,
      ),
    );
    personId = randomId();
    await store.people.create({
      _id: personId,
      name: 'Model',
      personnelNumber: '1',
      extraTimePercent: 0,
      largeText: false,
      highContrast: false,
      createdAt: 0,
    });
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Model {
    /** the person's last acknowledged answer to each item */
    readonly answers: Map<string, string | null>;
    /** acknowledged messages of the present page, by number */
    readonly acked: Map<
      number,
      { readonly itemId: string; readonly value: string | null; readonly out: Out<'answer:submit'> }
    >;
    leftMs: number;
    allowanceMs: number;
    closed: boolean;
  }

  /** One terminal at the real acts. */
  class Real {
    now = 1_760_000_000_000;
    composed: Composed;
    attemptId = '';
    clientId = randomId();
    epoch = 0;
    seq = 0;
    link: Link = { send: () => undefined, drop: () => undefined };
    items: { id: string; options: string[] }[] = [];
    /** faults that were logged */
    readonly faults: unknown[] = [];

    constructor() {
      this.composed = this.compose();
    }

    compose(): Composed {
      return composeDelivery({
        store,
        clock: { now: () => this.now },
        demonstration: false,
        codes,
        sealingKey: () => key.key,
        fault: (e) => void this.faults.push(e),
      });
    }

    async ask<K extends RequestName>(name: K, message: In<K>): Promise<Out<K>> {
      const act = this.composed.handlers[name] as (m: In<K>, s: unknown, at: number) => Promise<Out<K>>;
      return act(message, { as: 'employee', attemptId: this.attemptId, link: this.link }, this.now);
    }

    async attach(): Promise<void> {
      this.link = { send: () => undefined, drop: () => undefined };
      const view = await this.ask('attempt:attach', { clientId: this.clientId });
      this.epoch = view.epoch;
      this.seq = view.nextClientSeq - 1;
    }

    lose(): void {
      detachTerminal(this.composed.delivery, this.attemptId, this.link, 0);
    }

    async begin(): Promise<void> {
      const { delivery } = this.composed;
      const input = await this.composed.issueInput(personId, openProgramme, 'operator');
      this.attemptId = (await issueAttempt(delivery, codes, input)).attemptId;
      await admitAttempt(delivery, this.attemptId, 'operator');
      await this.attach();
      const { epoch } = this;
      await this.ask('identity:confirm', { epoch });
      await this.ask('notice:accept', { epoch, version: '1.0.0', language: 'kk' });
      const view = await this.ask('section:start', { epoch, section: 'rules', language: 'kk' });
      this.items = (view.open?.items ?? []).map((i) => ({ id: i.id, options: i.options.map((o) => o.id) }));
    }

    submit(
      clientSeq: number,
      itemId: string,
      value: string | null,
      epoch = this.epoch,
    ): Promise<Out<'answer:submit'> | string> {
      return this.ask('answer:submit', { epoch, clientSeq, itemId, value }).catch((e: unknown) => {
        if (e instanceof Refusal) return e.code;
        throw e;
      });
    }

    pick(item: number, option: number): [string, string | null] {
      const found = this.items[item % this.items.length];
      if (!found) throw new Error('no items');
      return [found.id, found.options[option] ?? null];
    }
  }

  type Command = fc.AsyncCommand<Model, Real>;

  /** What the server must say to an answer now. */
  const expected = (m: Model): 'stored' | 'LATE' => (m.closed || m.leftMs < -graceMs ? 'LATE' : 'stored');

  function command(text: string, run: (m: Model, r: Real) => Promise<void>): Command {
    return { check: () => true, run, toString: () => text };
  }

  async function send(
    m: Model,
    r: Real,
    clientSeq: number,
    itemId: string,
    value: string | null,
  ): Promise<void> {
    const said = await r.submit(clientSeq, itemId, value);
    expect(typeof said === 'string' ? said : 'stored').toBe(expected(m));
    if (typeof said === 'string') return;
    m.acked.set(clientSeq, { itemId, value, out: said });
    expect(said.remainingMs).toBe(Math.max(0, m.leftMs));
  }

  const answer = (item: number, option: number) =>
    command(`answer ${item}=${option}`, async (m, r) => {
      const [itemId, value] = r.pick(item, option);
      r.seq += 1;
      const willCount = expected(m) === 'stored';
      await send(m, r, r.seq, itemId, value);
      if (willCount) m.answers.set(itemId, value);
    });

  /** Two answers to one item that overtake each other on the way. */
  const reorder = (item: number, first: number, second: number) =>
    command(`reorder ${item}=${first},${second}`, async (m, r) => {
      const [itemId, older] = r.pick(item, first);
      const [, newer] = r.pick(item, second);
      r.seq += 2;
      const willCount = expected(m) === 'stored';
      await send(m, r, r.seq, itemId, newer);
      await send(m, r, r.seq - 1, itemId, older);
      if (willCount) m.answers.set(itemId, newer);
    });

  /** A message whose acknowledgement was lost comes again; the same number with other content does not pass. */
  const repeat = (which: number) =>
    command(`repeat ${which}`, async (m, r) => {
      const all = [...m.acked];
      const [clientSeq, before] = all[which % Math.max(1, all.length)] ?? [];
      if (clientSeq === undefined || !before) return;
      const { n, hash, storedAt } = before.out;
      expect(await r.submit(clientSeq, before.itemId, before.value)).toMatchObject({ n, hash, storedAt });
      expect(await r.submit(clientSeq, before.itemId, before.value === null ? 'x' : null)).toBe('SEQ_REUSED');
    });

  const stale = (item: number, option: number) =>
    command(`stale ${item}=${option}`, async (_m, r) => {
      if (r.epoch < 2) return;
      expect(await r.submit(r.seq + 50, ...r.pick(item, option), r.epoch - 1)).toBe('SUPERSEDED');
    });

  async function sweep(m: Model, r: Real): Promise<void> {
    await r.composed.sweep();
    // The sweep leaves a moment for what is on its way.
    if (m.leftMs < -graceMs - 250) m.closed = true;
  }

  const forward = (ms: number) =>
    command(`forward ${ms}`, async (m, r) => {
      r.now += ms;
      m.leftMs -= ms;
      await sweep(m, r);
    });

  /** Time without a connection: given back by rule, none of it when it was short. */
  function away(m: Model, r: Real, ms: number): void {
    r.now += ms;
    if (m.closed) return;
    const back = ms < 1000 ? 0 : Math.min(ms, m.allowanceMs);
    m.allowanceMs -= back;
    m.leftMs += back - ms;
  }

  const reconnect = (ms: number) =>
    command(`reconnect after ${ms}`, async (m, r) => {
      r.lose();
      away(m, r, ms);
      await r.attach();
    });

  const newPage = (ms: number, how: 'reload' | 'transfer') =>
    command(`${how} after ${ms}`, async (m, r) => {
      if (how === 'transfer') {
        await r.composed.handlers['attempt:transfer'](
          { attemptId: r.attemptId },
          { as: 'staff', accountId: 'o', watch: null },
          r.now,
        );
        r.composed.seatTaken(r.attemptId, 'transfer');
      }
      r.lose();
      away(m, r, ms);
      r.clientId = randomId();
      await r.attach();
      m.acked.clear();
    });

  const crash = (awayMs: number, returnMs: number) =>
    command(`crash for ${awayMs}, back after ${returnMs}`, async (_m, r) => {
      const fromAt = r.now;
      r.now += awayMs;
      r.composed = r.compose();
      await recoverAttempts(r.composed.delivery, {
        fromAt,
        toAt: r.now,
        uncertaintyMs: 250,
        method: 'hrtime',
      });
      r.now += returnMs;
      await r.attach();
    });

  async function compare(m: Model, r: Real): Promise<void> {
    const loaded = await r.composed.delivery.store.load(r.attemptId);
    const entries = loaded?.entries ?? [];
    expect(verifyChain('attempt', r.attemptId, entries)).toBeNull();
    expect(foldAnswers(entries)).toEqual(new Map([...m.answers].filter(([, value]) => value !== null)));
    for (const [clientSeq, { out }] of m.acked) {
      expect(entries[out.n - 1]).toMatchObject({ hash: out.hash, clientId: r.clientId, clientSeq });
      expect(entries.filter((e) => e.clientId === r.clientId && e.clientSeq === clientSeq)).toHaveLength(1);
    }
    const inMemory = await r.composed.delivery.lives.inTurn(r.attemptId, async (live) => live.state);
    expect([inMemory.n, inMemory.hash]).toEqual([entries.length, entries.at(-1)?.hash]);
    expect(entries.some((e) => e.kind === 'closed')).toBe(m.closed);
    expect(r.faults).toEqual([]);
  }

  const option = fc.integer({ min: 0, max: 4 });
  const item = fc.nat(7);
  const commands = [
    fc.tuple(item, option).map(([i, o]) => answer(i, o)),
    fc.tuple(item, option).map(([i, o]) => answer(i, o)),
    fc.tuple(item, option, option).map(([i, a, b]) => reorder(i, a, b)),
    fc.nat(30).map(repeat),
    fc.tuple(item, option).map(([i, o]) => stale(i, o)),
    fc.constantFrom(0, 1, 500, 30_000, sectionMs / 3, sectionMs - 1, graceMs).map(forward),
    fc.constantFrom(0, 999, 1_000, 40_000, 290_000).map(reconnect),
    fc
      .tuple(fc.constantFrom(0, 999, 1_000, 70_000), fc.constantFrom('reload' as const, 'transfer' as const))
      .map(([ms, how]) => newPage(ms, how)),
    fc
      .tuple(fc.constantFrom(0, 2_000, 3600_000), fc.constantFrom(0, 3_000, 9_999))
      .map(([a, b]) => crash(a, b)),
  ];

  test('the final answers are those of the model, after any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: 'max' }), async (history) => {
        const real = new Real();
        await real.begin();
        const model: Model = {
          answers: new Map(),
          acked: new Map(),
          leftMs: sectionMs,
          allowanceMs,
          closed: false,
        };
        await fc.asyncModelRun(() => ({ model, real }), history);
        await compare(model, real);
        await store.attempts.updateOne({ _id: real.attemptId }, { $set: { endedAt: 1 } });
      }),
      { numRuns: runs, endOnFailure: false },
    );
  }, 600_000);
});
