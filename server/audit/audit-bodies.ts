/**
 * What the audit log can say, by kind. Ids, codes and hashes only: no name, no one-time code, no password, no answer. An account is the id
 * of an account, an attempt the id of an attempt.
 */
export type AuditBodies = {
  /** first entry of every day: where the chain of the day before ended, so that a whole missing day shows; nulls on the very first day */
  'day-opened': { previousOf: string | null; previousN: number; previousHash: string | null };
  'signed-in': { account: string };
  /** account is null when the name belongs to none: the typed name may be a mistyped password and is not kept */
  'sign-in-failed': { account: string | null };
  'signed-out': { account: string };
  'sessions-revoked': { account: string; by: string };
  'code-accepted': { attempt: string; by: 'code' | 'transfer' };
  'code-refused': Record<string, never>;
  /** what = act of the policy table, such as "GET /commission/attempts/:id"; of = the id it was about */
  viewed: { account: string; what: string; of: string | null };
  exported: { account: string; what: string; of: string | null; sha256: string };
  'account-created': { account: string; by: string };
  'account-disabled': { account: string; by: string };
  'roles-changed': { account: string; by: string };
  'setup-link-created': Record<string, never>;
  'setup-completed': { account: string };
  'setup-refused': Record<string, never>;
};

export type AuditKind = keyof AuditBodies;
