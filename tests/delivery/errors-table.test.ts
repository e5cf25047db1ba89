/** One table of codes: the guide of the server repeats it word for word. (Its words on screen are held by tests/client/texts.test.ts.) */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { errors } from '../../server/errors.ts';

test('the table in server/README.md is the table of errors.ts', () => {
  const rows = readFileSync('server/README.md', 'utf8')
    .split('\n')
    .map((line) => /^\| ([A-Z_]+) +\| (\d{3}) +\| (.*?) +\|$/.exec(line))
    .flatMap((m) => (m ? [[m[1], Number(m[2]), m[3]]] : []));
  expect(rows).toEqual(Object.entries(errors).map(([code, row]) => [code, row.status, row.about]));
});
