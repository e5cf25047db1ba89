import { describe, expect, test } from '@jest/globals';
import { commit, genesisHash, linkHash, type ChainEntry, type Json } from '../../server/audit/chain.ts';
import { checkLedger, creditedMs } from '../../server/cli/drill/check-ledger.ts';
import { createDraws } from '../../server/cli/drill/draws.ts';
import type { Ledger, Message, Sent, Stored } from '../../server/cli/drill/ledger.ts';
import { planKills } from '../../server/cli/drill/plan-kills.ts';
import { percentile } from '../../server/cli/drill/summarise.ts';

const attemptId = 'attempt';
const clientId = 'terminal00000000';
const salt = '0'.repeat(32);

/** A chain that a server could have written: each body under its clientSeq, 0 for the server's own entries. */
function chain(...bodies: readonly (readonly [kind: string, clientSeq: number, body: Json])[]): ChainEntry[] {
  let prevHash = genesisHash('attempt', attemptId);
  return bodies.map(([kind, clientSeq, body], i) => {
    const link = {
      chain: 'attempt' as const,
      of: attemptId,
      n: i + 1,
      kind,
      epoch: 1,
      clientId: clientSeq === 0 ? '' : clientId,
      clientSeq,
      at: 1000 + i,
      commitment: commit(salt, body),
      prevHash,
    };
    prevHash = linkHash(link);
    return { ...link, hash: prevHash, salt, body };
  });
}

const stored = (e: ChainEntry): Stored => ({ n: e.n, storedAt: e.at, hash: e.hash, remainingMs: 0 });

function ledger(sent: readonly Sent[], entries: readonly ChainEntry[], more: Partial<Ledger> = {}): Ledger {
  return {
    attemptId,
    clientId,
    sent: new Map(sent.map((m) => [m.clientSeq, m])),
    acked: new Map(entries.filter((e) => e.clientSeq > 0).map((e) => [e.clientSeq, stored(e)])),
    unequalRepeats: 0,
    latenciesMs: [],
    outageMs: 0,
    shown: null,
    handedIn: null,
    refusals: [],
    ...more,
  };
}

const say = (clientSeq: number, message: Message): Sent => ({ ...message, clientSeq });
const answer = (clientSeq: number, itemId: string, value: string): Sent =>
  say(clientSeq, { name: 'answer:submit', itemId, value });
const good = { lost: 0, duplicated: 0, unexplained: 0, chainBroken: false };

describe('what terminals were told against what the journal holds', () => {
  const sent = [
    answer(1, 'q1', 'a'),
    say(2, { name: 'item:flag', itemId: 'q1', flagged: true }),
    answer(3, 'q1', 'b'),
    say(4, { name: 'item:view', itemId: 'q2' }),
  ];
  const entries = chain(
    ['issued', 0, {}],
    ['answered', 1, { itemId: 'q1', value: 'a' }],
    ['flagged', 2, { itemId: 'q1', flagged: true }],
    ['incident', 0, { creditMs: 1200 }],
    ['answered', 3, { itemId: 'q1', value: 'b' }],
    ['viewed', 4, { itemId: 'q2' }],
    ['closed', 0, { section: 's1' }],
  );
  const told = ledger(sent, entries);

  test('a whole journal is whole', () => {
    expect(checkLedger({ ...told, shown: new Map([['q1', 'b']]), handedIn: 's1' }, entries)).toEqual(good);
  });

  test('an acknowledged entry that is missing is lost', () => {
    const shorter = chain(
      ['issued', 0, {}],
      ['answered', 1, { itemId: 'q1', value: 'a' }],
      ['flagged', 2, { itemId: 'q1', flagged: true }],
    );
    expect(checkLedger(told, shorter)).toEqual({ ...good, lost: 2 });
  });

  test('an acknowledged entry that was written anew at another place is lost', () => {
    const moved = chain(['answered', 1, { itemId: 'q1', value: 'a' }]);
    const first = entries[1];
    expect(first?.n).toBe(2);
    expect(checkLedger(ledger([answer(1, 'q1', 'a')], [first!]), moved).lost).toBe(1);
  });

  test('an acknowledged entry with another value is lost and unexplained', () => {
    const changed = chain(['answered', 1, { itemId: 'q1', value: 'c' }]);
    expect(checkLedger(ledger([answer(1, 'q1', 'a')], changed), changed)).toEqual({
      ...good,
      lost: 1,
      unexplained: 1,
    });
  });

  test('a page that shows an older answer after the return has lost one', () => {
    expect(checkLedger({ ...told, shown: new Map([['q1', 'a']]) }, entries)).toEqual({ ...good, lost: 1 });
    expect(checkLedger({ ...told, shown: new Map() }, entries)).toEqual({ ...good, lost: 1 });
  });

  test('an answer sent after the last acknowledged one may or may not be there', () => {
    const more = [...sent, answer(5, 'q1', 'd')];
    expect(checkLedger({ ...ledger(more, entries), shown: new Map([['q1', 'b']]) }, entries)).toEqual(good);
    expect(checkLedger({ ...ledger(more, entries), shown: new Map([['q1', 'd']]) }, entries)).toEqual(good);
  });

  test('the same number twice is a duplicate, an unequal repeat too', () => {
    const twice = chain(
      ['answered', 1, { itemId: 'q1', value: 'a' }],
      ['answered', 1, { itemId: 'q1', value: 'a' }],
    );
    expect(checkLedger(ledger([answer(1, 'q1', 'a')], twice.slice(0, 1)), twice)).toEqual({
      ...good,
      duplicated: 1,
    });
    expect(checkLedger({ ...told, unequalRepeats: 1 }, entries)).toEqual({ ...good, duplicated: 1 });
  });

  test('an entry under the name of a terminal that never sent it is unexplained', () => {
    expect(checkLedger(ledger(sent.slice(0, 3), entries.slice(0, 5)), entries)).toEqual({
      ...good,
      unexplained: 1,
    });
  });

  test('an acknowledged hand-in must be in the journal', () => {
    expect(checkLedger({ ...told, handedIn: 's1' }, entries.slice(0, 6))).toEqual({ ...good, lost: 1 });
  });

  test('a chain with an altered entry is broken', () => {
    expect(
      checkLedger(
        told,
        entries.map((e, i) => (i === 3 ? { ...e, at: e.at - 1 } : e)),
      ).chainBroken,
    ).toBe(true);
  });

  test('credits are those of incidents', () => {
    expect(creditedMs(entries)).toBe(1200);
  });
});

describe('the plan of a drill', () => {
  test('kills fall inside their part of the time, the same for the same seed', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const plan = planKills(3, 18_000, createDraws(seed, 'kills'));
      expect(plan).toEqual(planKills(3, 18_000, createDraws(seed, 'kills')));
      expect(plan.map((at) => Math.floor(at / 6000))).toEqual([0, 1, 2]);
      for (const at of plan) expect(at % 6000).toBeGreaterThanOrEqual(1500);
    }
    expect(planKills(3, 18_000, createDraws(1, 'kills'))).not.toEqual(
      planKills(3, 18_000, createDraws(2, 'kills')),
    );
    expect(planKills(0, 18_000, createDraws(1, 'kills'))).toEqual([]);
  });

  test('percentiles are values of the list', () => {
    expect(percentile([5, 1, 3], 0.5)).toBe(3);
    expect(percentile([5, 1, 3], 0.99)).toBe(5);
    expect(percentile([], 0.5)).toBeNull();
  });
});
