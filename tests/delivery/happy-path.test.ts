/** From a code to a receipt, through real sockets and the real store. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from '../kit/start-test-server.ts';
import { beginPerson } from '../kit/test-person.ts';

let t: TestServer;
beforeAll(async () => {
  t = await startTestServer();
});
afterAll(() => t.close());

test('begins', async () => {
  const p = await beginPerson(t);
  const stored = await p.mustAnswer(p.item(0), p.value(0));
  expect(stored.n).toBe(7);
});
