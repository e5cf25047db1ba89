/** What the report of one attempt is made from: plain data, filled from the store; no report reads the store itself. */
import type { Language, Programme, Text, Use } from '../../question-banks/schema.ts';
import type { ScoreSheet } from '../../scoring/score-sheet.ts';

/** A bank as it was used in this attempt; `use` and `translation` are those of the language it was answered in, the weakest if several. */
export interface UsedBank {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly topics: readonly { readonly id: string; readonly title: Text }[];
  readonly use: Use;
  readonly translation: 'original' | 'reviewed' | 'not-validated';
}

export interface SectionCourse {
  /** id in the programme and in the score sheet */
  readonly section: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** time allowed, with extra time, without time given back */
  readonly limitMs: number;
  /** given back for outages and lost connections */
  readonly givenBackMs: number;
  readonly endedBy: 'handed-in' | 'timed-out' | 'stopped';
  /** languages the section was answered in, in order of first use */
  readonly languages: readonly Language[];
}

export type Incident =
  /** the server was away; measured with an uncertainty, `estimated` where only the wall clock could tell */
  | {
      readonly kind: 'outage';
      readonly at: number;
      readonly lastedMs: number;
      readonly uncertaintyMs: number;
      readonly estimated: boolean;
      readonly givenBackMs: number;
    }
  /** the server was back, the terminal not yet */
  | {
      readonly kind: 'returned';
      readonly at: number;
      readonly lastedMs: number;
      readonly givenBackMs: number;
    }
  /** the terminal was not connected */
  | {
      readonly kind: 'connection-lost';
      readonly at: number;
      readonly lastedMs: number;
      readonly givenBackMs: number;
    }
  /** the employee went on at another terminal */
  | { readonly kind: 'transferred'; readonly at: number; readonly givenBackMs: number }
  | { readonly kind: 'paused'; readonly at: number; readonly lastedMs: number }
  /** answers received after the time was up: kept, not scored */
  | { readonly kind: 'late-answers'; readonly at: number; readonly count: number }
  /** written by the operator */
  | { readonly kind: 'note'; readonly at: number; readonly text: string };

export interface AttemptReportSource {
  readonly attemptId: string;
  /** the store is a demonstration store */
  readonly demonstration: boolean;
  /** the weakest use label of programme and banks */
  readonly use: Use;
  readonly person: { readonly name: string; readonly personnelNumber: string };
  /** null where no operator admitted the employee */
  readonly operator: string | null;
  /** null where the place is not known */
  readonly terminal: string | null;
  readonly programme: Programme;
  readonly banks: readonly UsedBank[];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly endedBy: 'handed-in' | 'timed-out' | 'stopped';
  readonly course: readonly SectionCourse[];
  readonly extraTimePercent: number;
  readonly incidents: readonly Incident[];
  readonly faultsReported: number;
  readonly receiptCode: string;
  readonly sheet: ScoreSheet;
  /** of the RFC 8785 bytes of the score sheet */
  readonly sheetSha256: string;
  /** last time the journal was checked against its hashes; null if it was not */
  readonly checkedAt: number | null;
  /** IANA name, e.g. Asia/Almaty */
  readonly timeZone: string;
}
