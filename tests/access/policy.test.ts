import { describe, expect, test } from '@jest/globals';
import express from 'express';
import { listRoutes } from '../../server/access/list-routes.ts';
import { isAct, mayStaff, mayTerminal, policy } from '../../server/access/policy.ts';
import { createRequireAct } from '../../server/access/require-act.ts';
import { roles } from '../../server/access/roles.ts';
import { requests } from '../../server/wire/contract.ts';
import { columns, expected } from './expected-policy.ts';

function may(act: string, column: (typeof columns)[number]): boolean {
  if (!isAct(act)) throw new Error(`${act} is no act`);
  if (column === 'visitor') return policy[act].visitors === true;
  return column === 'terminal' ? mayTerminal(act) : mayStaff([column], act);
}

describe('the policy table', () => {
  test('the matrix of this test has a column for each role and a line for each act', () => {
    expect(columns.slice(0, -2)).toEqual([...roles]);
    expect([...expected.keys()].sort()).toEqual(Object.keys(policy).sort());
    for (const cells of expected.values()) expect(cells.length).toBe(columns.length);
  });

  test.each([...expected])('%s', (act, cells) => {
    expect(columns.map((c) => may(act, c))).toEqual(cells);
  });

  test('nobody without roles may do what visitors may not', () => {
    const acts = Object.keys(policy).filter(isAct);
    expect(acts.filter((act) => mayStaff([], act))).toEqual(acts.filter((act) => policy[act].visitors));
  });

  test('agrees with the wire contract: employees by terminal, operators by role', () => {
    for (const [name, row] of Object.entries(requests)) {
      if (!isAct(name)) throw new Error(`${name} has no row`);
      expect(mayTerminal(name)).toBe(row.who === 'employee');
      expect(mayStaff(['operator'], name)).toBe(row.who === 'operator');
      expect(policy[name].visitors).toBeUndefined();
    }
  });

  test.each(['__proto__', 'constructor', 'toString', 'GET /x', ''])('"%s" is no act', (name) => {
    expect(isAct(name)).toBe(false);
  });
});

test('a route without a guard, and one with the row of another, are seen', () => {
  const requireAct = createRequireAct(async () => null, { seatOf: async () => null });
  const app = express();
  app.get('/bare', (_req, res) => void res.send('x'));
  app.get('/monitor', requireAct('GET /commission'), (_req, res) => void res.send('x'));
  const inner = express.Router();
  inner.post('/deep', (_req, res) => void res.send('x'));
  app.use('/inner', inner);
  app.use('/assets', express.static('.'));
  expect(listRoutes(app)).toEqual([
    { route: 'GET /bare', guardedBy: null },
    { route: 'GET /monitor', guardedBy: 'GET /commission' },
    { route: 'POST /inner/deep', guardedBy: null },
    { route: 'assets', guardedBy: 'assets' },
  ]);
});
