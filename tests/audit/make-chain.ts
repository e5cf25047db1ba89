/** Journals, keys and checkpoints for tests: fixed key, fixed clock, fixed salts. */
import { createPrivateKey } from 'node:crypto';
import { asJson } from '../../server/audit/as-json.ts';
import {
  commit,
  genesisHash,
  linkHash,
  sha256Hex,
  type ChainEntry,
  type Json,
} from '../../server/audit/chain.ts';
import {
  buildCheckpoint,
  firstCheckpointHash,
  type Checkpoint,
  type ChainHead,
} from '../../server/audit/checkpoint.ts';
import type { KeyRegister } from '../../server/audit/key-register.ts';
import { sealingKey, type SealingKey } from '../../server/audit/seal.ts';
import type { Bodies, EntryKind } from '../../server/delivery/bodies.ts';

/** @param digit what the 32 secret bytes are made of: test keys are nobody's secret */
export function testKey(digit: string): SealingKey {
  return sealingKey(
    createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${digit.repeat(64)}`, 'hex'),
      format: 'der',
      type: 'pkcs8',
    }),
  );
}
export const serverKey = testKey('7');
export const registerOf = (...keys: SealingKey[]): KeyRegister => ({
  format: 'adil-key-register-1',
  keys: keys.map(({ keyId, publicKey }) => ({
    keyId,
    publicKey,
    owner: 'test server',
    fromAt: 0,
    untilAt: null,
  })),
});

export const startAt = Date.UTC(2026, 10, 2, 4, 0, 0);
export const attemptId = 'k3v9q2m7x8n4w5z6t1rd';
export const testSalt = (label: string): string => sha256Hex(label).slice(0, 32);

/** What happened, in short; times are minutes after the start. */
export type Act = {
  [K in EntryKind]: { kind: K; body: Bodies[K]; minute: number; client?: readonly [id: string, seq: number] };
}[EntryKind];

export function chainOf(acts: readonly Act[], of = attemptId, saltLabel = 'salt'): ChainEntry[] {
  const entries: ChainEntry[] = [];
  let prevHash = genesisHash('attempt', of);
  let epoch = 0;
  for (const [i, act] of acts.entries()) {
    if (act.kind === 'leased') epoch += 1;
    const body: Json = asJson(act.body);
    const own = testSalt(`${saltLabel} ${i}`);
    const [clientId, clientSeq] = act.client ?? ['', 0];
    const link = {
      chain: 'attempt',
      of,
      n: i + 1,
      kind: act.kind,
      epoch,
      clientId,
      clientSeq,
      at: startAt + Math.round(act.minute * 60_000),
      commitment: commit(own, body),
      prevHash,
    } as const;
    const hash = linkHash(link);
    entries.push({ ...link, hash, salt: own, body });
    prevHash = hash;
  }
  return entries;
}

export const sealedAt = startAt + 60 * 60_000;

/** A store of four chains; the sample is one of them. */
export function checkpointOver(entries: readonly ChainEntry[], at: number, key = serverKey): Checkpoint {
  const others: ChainHead[] = ['d', 'a', 'z'].map((of, i) => ({
    chain: i === 1 ? 'audit' : 'attempt',
    of: of.repeat(20),
    n: i + 3,
    hash: sha256Hex(of),
  }));
  const last = entries.at(-1);
  return buildCheckpoint(
    at,
    last === undefined ? others : [...others, { chain: 'attempt', of: last.of, n: last.n, hash: last.hash }],
    firstCheckpointHash,
    key,
  );
}
