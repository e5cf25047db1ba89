import type { ClientSession, Connection } from 'mongoose';

/** Who waits for the transaction of a connection that is under way. */
const lanes = new WeakMap<Connection, Promise<void>>();

/**
 * Runs writes that stand or fall together. One at a time: transactions that wait for each other inside the store would hold the driver's
 * connections, and the one that could finish would get none. Not mongoose's own wrapper: it resets documents through their schema when a
 * round is repeated.
 */
export async function inTransaction(
  connection: Connection,
  act: (session: ClientSession) => Promise<void>,
): Promise<void> {
  const before = lanes.get(connection) ?? Promise.resolve();
  const mine = before.then(() => transact(connection, act));
  lanes.set(
    connection,
    mine.catch(() => undefined),
  );
  return mine;
}

async function transact(
  connection: Connection,
  act: (session: ClientSession) => Promise<void>,
): Promise<void> {
  const session = await connection.startSession();
  try {
    await session.withTransaction(() => act(session));
  } finally {
    await session.endSession();
  }
}
