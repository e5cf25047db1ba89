/** Terminals of the project's server for the bench: signed in by code, attached, the first section open. */
import { randomBytes } from 'node:crypto';
import { visitCookie } from '../../../server/access/cookies.ts';
import type { PreparedAttempt } from '../../../server/cli/drill/prepare-attempts.ts';
import type { AttemptView, Value } from '../../../server/wire/contract.ts';
import { openRawClient, textFrame, type RawClient } from './raw-client.ts';
import type { LoadClient } from './closed-loop.ts';

export interface BenchTerminal extends LoadClient {
  readonly client: RawClient;
}

const atOnce = 50;

async function signIn(port: number, code: string): Promise<string> {
  const origin = `http://127.0.0.1:${port}`;
  const reply = await fetch(`${origin}/terminal/sign-in`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-adil': '1',
      origin,
      cookie: `${visitCookie}=${randomBytes(16).toString('hex')}`,
    },
    body: JSON.stringify({ code }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`sign-in refused: ${reply.status} ${text.slice(0, 200)}`);
  return reply.headers
    .getSetCookie()
    .map((c) => c.split(';', 1)[0] ?? '')
    .join('; ');
}

/** `{"ok":true` at the place where the acknowledgement's argument begins. */
const goodReply = Buffer.from('[{"ok":true');
const isGood = (b: Buffer, from: number): boolean =>
  b.compare(goodReply, 0, goodReply.length, from, from + goodReply.length) === 0;

async function connectOne(
  port: number,
  person: PreparedAttempt,
  number: number,
  onAck: (id: number, good: boolean) => void,
): Promise<BenchTerminal> {
  let opened: RawClient | null = null;
  const client = (opened = await openRawClient({
    port,
    cookie: await signIn(port, person.code),
    auth: '',
    onAck: (id, b, from) => onAck(id, isGood(b, from)),
    onClose: (why) => {
      if (opened !== null && !closing.has(opened))
        throw new Error(`terminal ${number} lost its connection: ${why}`);
    },
  }));
  const ask = async (event: string, message: object): Promise<AttemptView> => {
    const reply = (await client.ask(event, message)) as
      { ok: true; data: AttemptView } | { ok: false; code: string };
    if (!reply.ok) throw new Error(`${event}: ${reply.code}`);
    return reply.data;
  };
  const { epoch, programme } = await ask('attempt:attach', {
    clientId: `bench${String(number).padStart(11, '0')}`,
  });
  await ask('identity:confirm', { epoch });
  const language = programme.languages[0] ?? 'kk';
  const waiting = await ask('notice:accept', { epoch, version: programme.notice.version, language });
  const view = await ask('section:start', { epoch, section: waiting.sections[0]?.id, language });
  const answers: { itemId: string; value: Value }[] = (view.open?.items ?? []).flatMap((i) =>
    i.options.map((o) => ({ itemId: i.id, value: o.value })),
  );
  let seq = view.nextClientSeq;
  return {
    client,
    fire: (id) => {
      const answer = answers[(seq * 7) % answers.length];
      client.send(
        textFrame(`42${id}["answer:submit",${JSON.stringify({ epoch, clientSeq: seq, ...answer })}]`),
      );
      seq += 1;
    },
  };
}

const closing = new WeakSet<RawClient>();

/** @param onAck told of every acknowledgement of what `fire` sent */
export async function connectTerminals(
  port: number,
  people: readonly PreparedAttempt[],
  onAck: (id: number, good: boolean) => void,
): Promise<BenchTerminal[]> {
  const terminals: BenchTerminal[] = [];
  for (let from = 0; from < people.length; from += atOnce)
    terminals.push(
      ...(await Promise.all(
        people.slice(from, from + atOnce).map((p, i) => connectOne(port, p, from + i, onAck)),
      )),
    );
  return terminals;
}

export function closeTerminals(terminals: readonly BenchTerminal[]): void {
  for (const t of terminals) {
    closing.add(t.client);
    t.client.close();
  }
}
