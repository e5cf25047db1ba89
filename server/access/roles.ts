/** Everyone who can be signed in; employees at terminals sign in with a code, all others with name and password. */
export const roles = [
  'administrator',
  'hr',
  'operator',
  'psychologist',
  'author',
  'reviewer',
  'commission',
  'chair',
  'secretary',
  'expert',
  'head',
  'auditor',
  'employee',
] as const;
export type Role = (typeof roles)[number];
