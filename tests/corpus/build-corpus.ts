/**
 * Writes audit files for the corpus with a fixed test key and clock. Files that exist are never replaced: they stand for what was once handed
 * out. See README.md for how to run it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesVersion } from '../../scoring/score-sheet.ts';
import { canonical } from '../../server/audit/chain.ts';
import { buildAuditFile, buildOpenDossier } from '../../server/audit/dossier.ts';
import type { AttemptRecord } from '../../server/audit/attempt-record.ts';
import type { AnswerValue } from '../../question-banks/schema.ts';
import { checkpointOver, registerOf, sealedAt, serverKey, type Act } from '../audit/make-chain.ts';
import { issue, issuedAct, makeRecord } from '../audit/make-record.ts';
import { recordOf } from '../audit/sample-record.ts';
import { bankOf, legislation, legislationInput, legislationThreshold, scaleOf, statement } from '../scoring/make-input.ts';

/** 34 of 55 with topics 15, 10, 5, 4, and an inventory of 40 items with missing answers, a long run and scales above and below their floor. */
function fullRecord(): AttemptRecord {
  const ids = Array.from({ length: 40 }, (_, i) => `p${i + 1}`);
  const members = (chosen: string[]) => chosen.map((item) => ({ item, reversed: Number(item.slice(1)) % 3 === 0 }));
  const inventory = bankOf('inventory', ids.map((id) => statement(id)), {
    kind: 'questionnaire',
    scales: [
      ...Array.from({ length: 8 }, (_, f) => scaleOf(`facet-${f + 1}`, members(ids.slice(f * 5, f * 5 + 5)))),
      scaleOf('domain', members(ids), 0.5),
    ],
  });
  const given = issue([{ bank: legislation, threshold: legislationThreshold }, { bank: inventory }]);
  const right = legislationInput({ service: 15, constitution: 10, corruption: 5, data: 4 }).answers;
  const unanswered = new Set([4, 9, 29, 38, 39]);
  const traits = new Map<string, AnswerValue>(ids.flatMap((id, i) => (unanswered.has(i) ? [] : [[id, i > 10 && i < 27 ? 2 : 1 + ((i * 7) % 5)] as const])));
  const client = 'c1aaaaaaaaaaaaaaaaaa';
  let seq = 0;
  const answering = (answers: ReadonlyMap<string, AnswerValue>, minute: number): Act[] =>
    [...answers].map(([itemId, value], i) => ({ kind: 'answered', body: { itemId, value }, minute: minute + i / 10, client: [client, (seq += 1)] }));
  const acts: Act[] = [
    issuedAct(given, 0),
    { kind: 'leased', minute: 0, body: { by: 'code' }, client: [client, 0] },
    { kind: 'identified', minute: 0, body: {} },
    { kind: 'accepted', minute: 1, body: { noticeVersion: '1.0.0', language: 'kk' } },
    { kind: 'admitted', minute: 1, body: { by: 'programme' } },
    { kind: 'started', minute: 2, body: { section: 'legislation', language: 'kk', limitMs: 3_300_000 } },
    ...answering(right, 2),
    { kind: 'closed', minute: 10, body: { section: 'legislation', how: 'handed-in' } },
    { kind: 'started', minute: 11, body: { section: 'inventory', language: 'kk', limitMs: 3_300_000 } },
    ...answering(traits, 11),
    { kind: 'closed', minute: 20, body: { section: 'inventory', how: 'handed-in' } },
    { kind: 'ended', minute: 20, body: { how: 'handed-in' } },
  ];
  return makeRecord(given, acts);
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder of the corpus');
const write = (name: string, bytes: string | Uint8Array): void => writeFileSync(join(folder, `rules-${rulesVersion}-${name}`), bytes, { flag: 'wx' });

const sample = recordOf();
write('every-kind.audit.jsonl', buildAuditFile(sample, serverKey, sealedAt));
write('every-kind.open.jsonl', buildOpenDossier(sample, serverKey, sealedAt));
write('full.audit.jsonl', buildAuditFile(fullRecord(), serverKey, sealedAt));
write('checkpoint.json', `${canonical(checkpointOver(sample.entries, sample.endedAt ?? 0))}\n`);
write('keys.json', `${canonical(registerOf(serverKey))}\n`);
