import { asJson } from '../audit/as-json.ts';
import { canonical } from '../audit/chain.ts';
import { buildReceipt, type SealedReceipt } from '../audit/receipt.ts';
import type { SealingKey } from '../audit/seal.ts';
import type { Receipt } from '../wire/contract.ts';
import type { LocalText } from '../wire/contract.ts';
import type { SealReceipt } from './score-attempt.ts';

/** Makes receipts under the server's present key. */
export function createSealReceipt(key: () => SealingKey): SealReceipt {
  return (facts) => canonical(asJson(buildReceipt(facts, key(), facts.endedAt)));
}

/** What of a stored receipt the terminal shows; the text was written by createSealReceipt. */
export function shownReceipt(text: string, programme: LocalText): Receipt {
  const r: SealedReceipt = JSON.parse(text);
  return {
    code: r.code,
    answersStored: r.answersStored,
    items: r.items,
    endedAt: r.endedAt,
    hash: r.hash,
    programme,
  };
}
