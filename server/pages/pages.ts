/** What the routes of pages are given. */
import type { Request } from 'express';
import type { AuditLog } from '../audit/append-audit.ts';
import type { ProgrammeRegister } from '../banks/programme-register.ts';
import type { Clock } from '../clock.ts';
import type { Language } from '../../question-banks/schema.ts';
import type { PdfRenderer } from '../reports/render-pdf.ts';
import type { FrameOf } from '../access/frame-of.ts';
import type { RequireAct } from '../access/require-act.ts';
import type { Staff } from '../access/staff-of.ts';
import type { SealingKey } from '../audit/seal.ts';
import type { Store } from '../store/open-store.ts';
import type { CheckpointExtract } from '../audit/checkpoint.ts';

export interface Pages {
  readonly store: Store;
  readonly clock: Clock;
  readonly register: ProgrammeRegister;
  readonly pdf: PdfRenderer;
  readonly audit: AuditLog;
  readonly demonstration: boolean;
  readonly timeZone: string;
  readonly requireAct: RequireAct;
  /** who the guard let pass */
  signedIn(req: Request): Promise<Staff>;
  readonly frame: FrameOf;
  languageOf(req: Request): Language;
  readonly sealingKey: () => SealingKey;
  /** the newest checkpoint that covers the whole journal of an attempt, made now if there is none */
  checkpointOf(attemptId: string, n: number): Promise<CheckpointExtract | null>;
}

/** The id in the address. */
export function idOf(req: Request): string {
  const id = req.params['id'];
  return typeof id === 'string' ? id : '';
}

/** A field of the query as text, '' when it is missing or not a single text. */
export function queryText(req: Request, name: string): string {
  const value: unknown = req.query[name];
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
