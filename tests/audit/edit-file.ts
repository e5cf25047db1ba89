import { asJson } from '../../server/audit/as-json.ts';
import { canonical, sha256Hex, type Json } from '../../server/audit/chain.ts';
import { seal } from '../../server/audit/seal.ts';
import { sealedAt, serverKey } from './make-chain.ts';

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
export const linesOf = (bytes: Uint8Array): string[] => textOf(bytes).split('\n').slice(0, -1);

/** Changes one line of a file and seals it anew with the server's own key: what a dishonest administrator could do. */
export function reseal(
  bytes: Uint8Array,
  change: (line: Record<string, Json>) => Json | undefined,
  key = serverKey,
): Uint8Array {
  const lines = linesOf(bytes)
    .slice(0, -1)
    .flatMap((line) => {
      const changed = change(JSON.parse(line));
      return changed === undefined ? [] : [`${canonical(changed)}\n`];
    })
    .join('');
  return Buffer.from(
    `${lines}${canonical(asJson({ part: 'seal', sha256: sha256Hex(lines), ...seal(lines, key, sealedAt) }))}\n`,
  );
}
