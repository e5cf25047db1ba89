/**
 * Who may do what: the one table. An act is a route of the pages ("GET /commission") or a request of the wire contract ("room:watch").
 * Every row says it whole; what is not said is not allowed.
 */
import type { RequestName } from '../wire/contract.ts';
import { roles, type Role } from './roles.ts';

export interface Who {
  /** anyone, without signing in */
  readonly visitors?: true;
  /** an employee whose terminal holds the cookie of an attempt */
  readonly terminal?: true;
  /** staff who hold one of these roles */
  readonly roles: readonly Role[];
}

const anyone: Who = { visitors: true, roles: [] };
const employees: Who = { terminal: true, roles: [] };
const operators: Who = { roles: ['operator'] };
/** The expert has a voice and no vote, and reads what the members read. */
const reportReaders: Who = { roles: ['commission', 'chair', 'secretary', 'expert', 'head'] };
const administrators: Who = { roles: ['administrator'] };
const anyStaff: Who = { roles };

/** Request names are checked against the contract: a request without a row does not compile. */
const wirePolicy = {
  'attempt:attach': employees,
  'identity:confirm': employees,
  'notice:accept': employees,
  'notice:decline': employees,
  'section:start': employees,
  'language:set': employees,
  'answer:submit': employees,
  'item:view': employees,
  'item:flag': employees,
  'fault:report': employees,
  'section:hand-in': employees,
  'room:watch': operators,
  'people:list': operators,
  'attempt:issue': operators,
  'attempt:transfer': operators,
  'attempt:admit': operators,
} as const satisfies Record<RequestName, Who>;

const routePolicy = {
  /** bundles, styles and fonts; nothing in them is secret */
  assets: anyone,
  'GET /healthz': anyone,
  'GET /readyz': anyone,
  'GET /': anyone,
  'GET /sign-in': anyone,
  'POST /sign-in': anyone,
  /** one button per role, in a demonstration only: elsewhere the route does not exist */
  'POST /try-as': anyone,
  'POST /sign-out': anyStaff,
  'GET /setup/:token': anyone,
  'POST /setup/:token': anyone,
  'GET /terminal': anyone,
  'POST /terminal/sign-in': anyone,
  /** the row of the request decides further */
  'POST /wire/:name': { terminal: true, roles: operators.roles },
  'GET /monitor': operators,
  'GET /monitor/receipts/:id': operators,
  'GET /commission': reportReaders,
  'GET /commission/attempts/:id': reportReaders,
  'GET /commission/attempts/:id.pdf': reportReaders,
  'GET /commission/attempts/:id/open-dossier': reportReaders,
  'GET /psychology': { roles: ['psychologist'] },
  'GET /psychology/attempts/:id': { roles: ['psychologist'] },
  'GET /audit': { roles: ['auditor'] },
  'GET /audit/attempts/:id/audit-file': { roles: ['auditor'] },
  'GET /accounts': administrators,
  'POST /accounts': administrators,
  'POST /accounts/:id/roles': administrators,
  'POST /accounts/:id/disable': administrators,
} as const satisfies Record<string, Who>;

export type Route = keyof typeof routePolicy;
export type Act = Route | RequestName;

export const policy: Readonly<Record<Act, Who>> = { ...routePolicy, ...wirePolicy };

export function isAct(name: string): name is Act {
  return Object.hasOwn(policy, name);
}

/** Whether staff who hold these roles may do this. */
export function mayStaff(roles: readonly Role[], act: Act): boolean {
  return policy[act].visitors === true || policy[act].roles.some((r) => roles.includes(r));
}

/** Whether a terminal that holds the cookie of an attempt may do this. */
export function mayTerminal(act: Act): boolean {
  return policy[act].visitors === true || policy[act].terminal === true;
}
