/** What every act of delivery is given. Effects come in here; the acts hold none of their own. */
import type { ChainEntry } from '../audit/chain.ts';
import type { Clock } from '../clock.ts';
import type { ScoreSheetRecord } from '../store/build-models.ts';
import type { AttemptFacts } from './attempt-facts.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { LiveAttempts } from './live-attempts.ts';
import type { AttemptState } from './state.ts';

export interface Delivery {
  readonly clock: Clock;
  readonly store: AttemptStore;
  readonly lives: LiveAttempts;
  readonly demonstration: boolean;
  /** scores an attempt whose last entry is given */
  score(facts: AttemptFacts, state: AttemptState, last: ChainEntry): ScoreSheetRecord;
  /** a fault that must not stop the others: logged with the attempt's random id */
  readonly fault: (e: unknown, attemptId: string) => void;
}
