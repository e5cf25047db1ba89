/** What a driver asks before it works: hello, ping, build information. Answered by the connection itself. */
import { maxDocumentBytes } from '../raw-bson.ts';
import { maxMessageBytes, maxWriteBatchSize } from '../wire-protocol.ts';
import type { Doc } from '../decode-bson.ts';

/** The store says it is a replica set of one, because drivers allow transactions and retryable writes only there. */
export const replicaSetName = 'adil';

export interface Greeter {
  /** as drivers name this server: host, or path of the socket */
  readonly me: string;
  readonly connectionId: number;
  readonly now: () => number;
}

const version = '8.0.0';

function hello(g: Greeter): Doc {
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    setName: replicaSetName,
    setVersion: 1,
    hosts: [g.me],
    primary: g.me,
    me: g.me,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize,
    localTime: new Date(g.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId: g.connectionId,
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
    ok: 1,
  };
}

function buildInfo(): Doc {
  return {
    version,
    versionArray: [8, 0, 0, 0],
    gitVersion: 'embedded',
    modules: [],
    storageEngines: ['sqlite'],
    bits: 64,
    maxBsonObjectSize: maxDocumentBytes,
    ok: 1,
  };
}

export const greetingCommands: Readonly<Record<string, (g: Greeter) => Doc>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  buildInfo,
  buildinfo: buildInfo,
  ping: () => ({ ok: 1 }),
};
