import { Refusal } from '../errors.ts';
import type { Live } from './live-attempts.ts';

/** @throws Refusal SUPERSEDED when the request comes under a lease that is not the present one */
export function checkLease(live: Live, epoch: number): void {
  if (epoch !== live.state.epoch) throw new Refusal('SUPERSEDED');
}
