/** Guards of routes: each asks the policy table for its own row. */
import type { Request, RequestHandler } from 'express';
import { Refusal } from '../errors.ts';
import { mayStaff, mayTerminal, policy, type Act } from './policy.ts';
import type { Seats } from './seats.ts';
import type { Staff, StaffReader } from './staff-of.ts';

export type RequireAct = (act: Act) => RequestHandler;

const guards = new WeakMap<object, Act>();

/** The act that a handler guards; null when it is no guard. */
export function guardedAct(handler: unknown): Act | null {
  return typeof handler === 'function' ? (guards.get(handler) ?? null) : null;
}

/** @returns a maker of middleware that passes on those who may and refuses others with NOT_SIGNED_IN or FORBIDDEN */
export function createRequireAct(staffOf: StaffReader['staffOf'], seats: Pick<Seats, 'seatOf'>): RequireAct {
  return (act) => {
    const guard: RequestHandler = async (req, _res, next) => {
      if (policy[act].visitors === true) return next();
      if (
        policy[act].terminal === true &&
        mayTerminal(act) &&
        (await seats.seatOf(req.headers.cookie)) !== null
      )
        return next();
      const staff = await staffOf(req);
      if (staff === null) throw new Refusal('NOT_SIGNED_IN');
      if (!mayStaff(staff.roles, act)) throw new Refusal('FORBIDDEN', act);
      next();
    };
    guards.set(guard, act);
    return guard;
  };
}

/** Who the guard let pass. @throws Refusal NOT_SIGNED_IN */
export async function signedIn(staffOf: StaffReader['staffOf'], req: Request): Promise<Staff> {
  const staff = await staffOf(req);
  if (staff === null) throw new Refusal('NOT_SIGNED_IN');
  return staff;
}
