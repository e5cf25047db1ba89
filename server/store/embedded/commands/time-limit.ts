import { CommandError } from '../command-error.ts';
import type { Doc } from '../decode-bson.ts';
import { countField } from './command-options.ts';

/** A check that throws MaxTimeMSExpired once the command's own maxTimeMS has passed. */
export function timeLimit(body: Doc, now: () => number): () => void {
  const limitMs = countField(body, 'maxTimeMS') ?? 0;
  if (limitMs === 0) return () => {};
  const end = now() + limitMs;
  return () => {
    if (now() > end) throw new CommandError(50, 'operation exceeded time limit');
  };
}
