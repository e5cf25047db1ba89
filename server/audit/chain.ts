/**
 * The format of a chain, final: it can never change later, because yesterday's journals must verify for ever.
 *
 * A chain belongs to one aggregate (an attempt, an account, a publication, a node's audit day). Its entries are numbered 1, 2, 3… without
 * gaps; each names the hash of the one before. What an entry says (its body) is not hashed itself: the chain holds a commitment,
 * HMAC-SHA256(salt, canonical body), so that a lawful purge may delete body and salt and the chain still verifies.
 *
 *   commitment = HMAC-SHA256(key = salt (16 random bytes), RFC 8785 form of body)
 *   hash       = SHA-256(RFC 8785 form of {at, chain, clientId, clientSeq, commitment, epoch, kind, n, of, prevHash, v})
 *   prevHash of entry 1 = SHA-256("adil:" + chain + ":" + of)
 *
 * All hashes travel as 64 lower-case hexadecimal digits, salts as 32.
 */
import { hash, randomFillSync } from 'node:crypto';
import canonicalize from 'canonicalize';

export const chainKinds = ['attempt', 'account', 'publication', 'audit', 'case', 'sitting'] as const;
export type ChainKind = (typeof chainKinds)[number];

/** The part of an entry that its hash covers. */
export interface ChainLink {
  readonly chain: ChainKind;
  /** random id of the aggregate */
  readonly of: string;
  /** 1, 2, 3… given by the server */
  readonly n: number;
  readonly kind: string;
  /** lease under which it was written; 0 where there is no lease */
  readonly epoch: number;
  /** random id of the sign-in that sent it, '' for acts of the server and of staff */
  readonly clientId: string;
  /** number given by the client, 0 for acts of the server and of staff */
  readonly clientSeq: number;
  /** milliseconds since the epoch by the server's steady clock */
  readonly at: number;
  readonly commitment: string;
  readonly prevHash: string;
}

/** JSON values; what a body may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [k: string]: Json };

export interface ChainEntry extends ChainLink {
  readonly hash: string;
  /** null once purged */
  readonly salt: string | null;
  /** null once purged */
  readonly body: Json;
}

/** RFC 8785 text of a JSON value. @throws TypeError for undefined or non-finite numbers */
export function canonical(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

export function sha256Hex(bytes: string | Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

export function genesisHash(chain: ChainKind, of: string): string {
  return sha256Hex(`adil:${chain}:${of}`);
}

const pool = Buffer.allocUnsafe(8192);
let taken = pool.length;

/** 16 random bytes as 32 hexadecimal digits; the bytes are fetched from the system a few hundred salts at a time. */
export function randomSalt(): string {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += 16;
  return pool.toString('hex', taken - 16, taken);
}

const blockBytes = 64;
const digestBytes = 32;

/**
 * HMAC-SHA256 (RFC 2104) of the canonical body under the salt. Written out with two plain hashes: making a key object for a key that is used
 * once costs several times the hashing, and this runs for every answer.
 * @param salt 32 hexadecimal digits
 */
export function commit(salt: string, body: Json): string {
  const text = canonical(body);
  const inner = Buffer.alloc(blockBytes + Buffer.byteLength(text));
  const outer = Buffer.alloc(blockBytes + digestBytes);
  inner.write(salt, 'hex');
  for (let i = 0; i < blockBytes; i++) {
    const byte = inner[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  inner.write(text, blockBytes);
  outer.write(hash('sha256', inner, 'hex'), blockBytes, 'hex');
  return hash('sha256', outer, 'hex');
}

/** Keys are written in the order RFC 8785 sorts them; a test holds this equal to canonical() of the same object. */
export function linkHash(l: ChainLink): string {
  return hash(
    'sha256',
    `{"at":${l.at},"chain":"${l.chain}","clientId":${JSON.stringify(l.clientId)},"clientSeq":${l.clientSeq},` +
      `"commitment":"${l.commitment}","epoch":${l.epoch},"kind":"${l.kind}","n":${l.n},"of":${JSON.stringify(l.of)},` +
      `"prevHash":"${l.prevHash}","v":1}`,
    'hex',
  );
}

/** What verification found first, or null when the chain is whole. */
export type ChainBreak = {
  readonly n: number;
  readonly what: 'gap' | 'prevHash' | 'hash' | 'commitment' | 'owner';
};

/** Checks order, links, hashes and (where not purged) commitments of a chain from its first entry. */
export function verifyChain(chain: ChainKind, of: string, entries: readonly ChainEntry[]): ChainBreak | null {
  let prev = genesisHash(chain, of);
  let n = 0;
  for (const e of entries) {
    n += 1;
    if (e.n !== n) return { n, what: 'gap' };
    if (e.chain !== chain || e.of !== of) return { n, what: 'owner' };
    if (e.prevHash !== prev) return { n, what: 'prevHash' };
    if (e.salt !== null && commit(e.salt, e.body) !== e.commitment) return { n, what: 'commitment' };
    if (linkHash(e) !== e.hash) return { n, what: 'hash' };
    prev = e.hash;
  }
  return null;
}
