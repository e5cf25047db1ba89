/** What every act of delivery is given. Effects come in here; the acts hold none of their own. */
import type { Clock } from '../clock.ts';
import type { LiveAttempts } from './live-attempts.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { Bodies } from './bodies.ts';
import type { ChainEntry } from '../audit/chain.ts';
import type { AttemptFacts } from './attempt-facts.ts';
import type { AttemptState } from './state.ts';
import type { Receipt } from '../wire/contract.ts';
import type { ScoreSheet } from '../../scoring/score-sheet.ts';
import type { ScoreSheetRecord } from '../store/build-models.ts';

/** What scoring one ended attempt gives the store and the terminal. */
export interface Outcome {
  readonly record: ScoreSheetRecord;
}

export interface Delivery {
  readonly clock: Clock;
  readonly store: AttemptStore;
  readonly lives: LiveAttempts;
  readonly demonstration: boolean;
  /** scores an attempt whose last entry is given; pure but for the salt */
  scoreAttempt(facts: AttemptFacts, state: AttemptState, last: ChainEntry, how: Bodies['ended']['how']): Outcome;
  /** what the terminal shows after the end */
  readOutcome(record: ScoreSheetRecord): { sheet: ScoreSheet; receipt: Receipt };
  /** a fault that must not stop the others: logged with the attempt's random id */
  fault(e: unknown, attemptId: string): void;
}

/** The employee at a terminal, as the edge knows them. */
export interface Seat {
  readonly attemptId: string;
}
