/** Reads published programmes and banks from the register, checks their hashes, and keeps each version in memory once. */
import { sha256Hex } from '../audit/chain.ts';
import { Refusal } from '../errors.ts';
import { indexItems, type ProgrammeSet, type Published } from '../delivery/attempt-facts.ts';
import type { Bank, Programme } from '../../question-banks/schema.ts';
import { publicationKey } from '../../question-banks/publication-key.ts';
import type { PublicationRecord } from '../store/build-models.ts';

export interface PublicationReader {
  find(
    kind: PublicationRecord['kind'],
    ref: { id: string; version: string },
  ): Promise<PublicationRecord | null>;
}

export interface ProgrammeRegister {
  /** @throws Refusal NOT_FOUND; Error when stored bytes do not have the hash they were published under */
  set(ref: { id: string; version: string }): Promise<ProgrammeSet>;
}

function published<T>(r: PublicationRecord): Published<T> {
  if (sha256Hex(r.bytes) !== r.sha256) throw new Error(`publication ${r._id} does not have its hash`);
  const content: T = JSON.parse(r.bytes);
  return { content, sha256: r.sha256, canonical: r.bytes };
}

export function createProgrammeRegister(reader: PublicationReader): ProgrammeRegister {
  const banks = new Map<string, Promise<Published<Bank>>>();
  const sets = new Map<string, Promise<ProgrammeSet>>();

  async function readBank(ref: { id: string; version: string }): Promise<Published<Bank>> {
    const record = await reader.find('bank', ref);
    if (!record) throw new Error(`bank ${publicationKey(ref)} is not published`);
    return published<Bank>(record);
  }

  async function readSet(ref: { id: string; version: string }): Promise<ProgrammeSet> {
    const record = await reader.find('programme', ref);
    if (!record) throw new Refusal('NOT_FOUND', 'programme');
    const programme = published<Programme>(record);
    const used = new Map<string, Published<Bank>>();
    for (const section of programme.content.sections) {
      const key = publicationKey(section.bank);
      used.set(key, await once(banks, key, () => readBank(section.bank)));
    }
    return { programme, banks: used, items: indexItems(used) };
  }

  return { set: (ref) => once(sets, publicationKey(ref), () => readSet(ref)) };
}

/** Keeps the promise of a key, so that many ask once; a failure is not kept. */
function once<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let p = kept.get(key);
  if (!p) {
    p = make();
    kept.set(key, p);
    p.catch(() => kept.delete(key));
  }
  return p;
}
