/** What the entries of an attempt's journal say, by kind. The shapes are final: old journals must be read for ever. */
import type { AnswerValue } from '../../question-banks/schema.ts';
import type { LanguageCode } from '../wire/contract.ts';

type Ref = { readonly id: string; readonly version: string; readonly sha256: string };

export type HowClosed = 'handed-in' | 'timed-out' | 'stopped';

export interface Bodies {
  readonly issued: {
    readonly formSha256: string;
    readonly programme: Ref;
    readonly banks: readonly Ref[];
    readonly extraTimePercent: number;
    /** person variables that norms need, frozen; none are collected yet */
    readonly personVariables: { readonly [k: string]: string | number };
  };
  readonly leased: { readonly by: 'code' | 'cookie' | 'transfer' };
  readonly identified: Record<string, never>;
  readonly accepted: { readonly noticeVersion: string; readonly language: LanguageCode };
  readonly declined: Record<string, never>;
  /** by: random id of the account, 'programme' when admission is automatic */
  readonly admitted: { readonly by: string };
  readonly started: { readonly section: string; readonly language: LanguageCode; readonly limitMs: number };
  readonly language: { readonly language: LanguageCode };
  readonly answered: { readonly itemId: string; readonly value: AnswerValue };
  readonly viewed: { readonly itemId: string };
  readonly flagged: { readonly itemId: string; readonly flagged: boolean };
  readonly fault: { readonly itemId: string; readonly text: string };
  readonly paused: { readonly by: string; readonly reason: string };
  readonly resumed: { readonly by: string };
  readonly extended: { readonly ms: number; readonly by: string; readonly reason: string };
  readonly incident: {
    readonly cause: 'server-outage' | 'reconnect' | 'connection';
    readonly fromAt: number;
    readonly toAt: number;
    readonly lostMs: number;
    /** of lostMs, how much was given back to the open section */
    readonly creditMs: number;
    readonly uncertaintyMs: number;
    readonly method: 'hrtime' | 'wall-estimated' | 'observed';
  };
  readonly transferred: { readonly by: string };
  readonly closed: { readonly section: string; readonly how: HowClosed };
  readonly ended: { readonly how: HowClosed };
}

export type EntryKind = keyof Bodies;

/** An entry read with its kind: narrows the body. */
export type KindAndBody = { [K in EntryKind]: { readonly kind: K; readonly body: Bodies[K] } }[EntryKind];
