import type { AttemptView } from '../wire/contract.ts';
import type { Delivery } from './delivery.ts';
import type { Live } from './live-attempts.ts';
import { outcomeOf } from './outcome.ts';
import { viewAttempt } from './view-attempt.ts';

/** The whole view of an attempt as it stands now, with results and receipt once it has ended. */
export async function showAttempt(d: Delivery, live: Live): Promise<AttemptView> {
  const outcome = await outcomeOf(d, live);
  return viewAttempt(live, { now: d.clock.now(), demonstration: d.demonstration, outcome });
}
