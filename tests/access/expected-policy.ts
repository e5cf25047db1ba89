/**
 * What each may do, written by hand and apart from the table: columns are the roles in this order, then the employee's terminal, then a
 * visitor. A new act without a line here fails the test.
 */
export const columns = [
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
  'terminal',
  'visitor',
] as const;

// ad hr op ps au re co ch se ex he ad em  te vi
const matrix = `
assets                                          1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
GET /healthz                                    1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
GET /readyz                                     1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
GET /                                           1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
GET /sign-in                                    1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
POST /sign-in                                   1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
POST /try-as                                    1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
POST /sign-out                                  1 1 1 1 1 1 1 1 1 1 1 1 1  0 0
GET /setup/:token                               1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
POST /setup/:token                              1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
GET /terminal                                   1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
POST /terminal/sign-in                          1 1 1 1 1 1 1 1 1 1 1 1 1  1 1
POST /wire/:name                                0 0 1 0 0 0 0 0 0 0 0 0 0  1 0
GET /monitor                                    0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
GET /monitor/receipts/:id                       0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
GET /commission                                 0 0 0 0 0 0 1 1 1 1 1 0 0  0 0
GET /commission/attempts/:id                    0 0 0 0 0 0 1 1 1 1 1 0 0  0 0
GET /commission/attempts/:id.pdf                0 0 0 0 0 0 1 1 1 1 1 0 0  0 0
GET /commission/attempts/:id/open-dossier       0 0 0 0 0 0 1 1 1 1 1 0 0  0 0
GET /psychology                                 0 0 0 1 0 0 0 0 0 0 0 0 0  0 0
GET /psychology/attempts/:id                    0 0 0 1 0 0 0 0 0 0 0 0 0  0 0
GET /audit                                      0 0 0 0 0 0 0 0 0 0 0 1 0  0 0
GET /audit/attempts/:id/audit-file              0 0 0 0 0 0 0 0 0 0 0 1 0  0 0
GET /accounts                                   1 0 0 0 0 0 0 0 0 0 0 0 0  0 0
POST /accounts                                  1 0 0 0 0 0 0 0 0 0 0 0 0  0 0
POST /accounts/:id/roles                        1 0 0 0 0 0 0 0 0 0 0 0 0  0 0
POST /accounts/:id/disable                      1 0 0 0 0 0 0 0 0 0 0 0 0  0 0
attempt:attach                                  0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
identity:confirm                                0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
notice:accept                                   0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
notice:decline                                  0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
section:start                                   0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
language:set                                    0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
answer:submit                                   0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
item:view                                       0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
item:flag                                       0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
fault:report                                    0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
section:hand-in                                 0 0 0 0 0 0 0 0 0 0 0 0 0  1 0
room:watch                                      0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
people:list                                     0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
attempt:issue                                   0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
attempt:transfer                                0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
attempt:admit                                   0 0 1 0 0 0 0 0 0 0 0 0 0  0 0
`;

/** By act: what each column may. */
export const expected: ReadonlyMap<string, readonly boolean[]> = new Map(
  matrix
    .trim()
    .split('\n')
    .map((line) => {
      const [act = '', cells = ''] = line.split(/ {3,}(?=[01])/);
      return [act.trim(), cells.split(/ +/).map((c) => c === '1')] as const;
    }),
);
