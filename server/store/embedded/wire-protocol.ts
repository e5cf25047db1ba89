/**
 * MongoDB's wire protocol: OP_MSG both ways, and OP_QUERY for the first hello of a driver
 * (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/).
 */
import { CommandError } from './command-error.ts';
import { compileProjection } from './compile-projection.ts';
import { crc32c } from './crc32c.ts';
import { decodeDoc, encodeDoc, type Doc } from './decode-bson.ts';
import {
  bsonType,
  cstringEnd,
  findElement,
  readInt32,
  someElement,
  validateDocument,
  valueEnd,
} from './raw-bson.ts';

export const maxMessageBytes = 48_000_000;
export const maxWriteBatchSize = 100_000;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const flagChecksum = 1;
const flagMoreToCome = 2;
const knownRequiredFlags = flagChecksum | flagMoreToCome;
/** a command's own document may hold stored documents two levels down */
const bodyDepth = -3;

export interface Command {
  readonly name: string;
  readonly db: string;
  /** without `documents` of an insert */
  readonly body: Doc;
  /** raw documents of an insert: they are stored as they came */
  readonly documents: readonly Uint8Array[];
}

export interface Request {
  readonly requestId: number;
  readonly legacy: boolean;
  /** the client wants no reply (unacknowledged write) */
  readonly silent: boolean;
  /** the bytes of the command's document, for handing it to another thread */
  readonly bodyBytes: Uint8Array;
  readonly command: Command;
}

/**
 * Parses one whole message, header included.
 * @throws CommandError when the content is wrong but can be answered; ProtocolError when the connection cannot go on
 */
export function parseMessage(m: Buffer): Request {
  const op = m.readInt32LE(12);
  if (op === opMsg) return parseOpMsg(m);
  if (op === opQuery) return parseOpQuery(m);
  throw new ProtocolError(`unknown operation ${op}`);
}

export class ProtocolError extends Error {}

function parseOpQuery(m: Buffer): Request {
  const at = cstringEnd(m, 20) + 8;
  if (at >= m.length) throw new ProtocolError('query is cut off');
  const end = validateDocument(m, at, m.length, bodyDepth);
  const bodyBytes = m.subarray(at, end);
  return {
    requestId: m.readInt32LE(4),
    legacy: true,
    silent: false,
    bodyBytes,
    command: parseCommand(bodyBytes, new Map(), 'admin'),
  };
}

function parseOpMsg(m: Buffer): Request {
  if (m.length < 26) throw new ProtocolError('message is cut off');
  const flags = m.readUInt32LE(16);
  if ((flags & 0xffff & ~knownRequiredFlags) !== 0) throw new ProtocolError('unknown required flag');
  let end = m.length;
  if ((flags & flagChecksum) !== 0) {
    end -= 4;
    if (crc32c(m.subarray(0, end)) !== m.readUInt32LE(end)) throw new ProtocolError('wrong checksum');
  }
  let body: Uint8Array | null = null;
  const sequences = new Map<string, Uint8Array[]>();
  let p = 20;
  while (p < end) {
    const kind = m[p++];
    if (kind === 0) {
      if (body !== null) throw new ProtocolError('two bodies');
      const next = validateDocument(m, p, end, bodyDepth);
      body = m.subarray(p, next);
      p = next;
    } else if (kind === 1) p = parseSequence(m, p, end, sequences);
    else throw new ProtocolError(`unknown section ${kind ?? 'none'}`);
  }
  if (body === null) throw new ProtocolError('no body');
  return {
    requestId: m.readInt32LE(4),
    legacy: false,
    silent: (flags & flagMoreToCome) !== 0,
    bodyBytes: body,
    command: parseCommand(body, sequences, null),
  };
}

function parseSequence(m: Buffer, at: number, limit: number, into: Map<string, Uint8Array[]>): number {
  const end = at + (at + 4 <= limit ? m.readInt32LE(at) : -1);
  if (end <= at + 4 || end > limit) throw new ProtocolError('document sequence length');
  const nameEnd = cstringEnd(m, at + 4);
  const name = m.toString('utf8', at + 4, nameEnd - 1);
  const docs: Uint8Array[] = [];
  let p = nameEnd;
  while (p < end) {
    const next = validateDocument(m, p, end);
    docs.push(m.subarray(p, next));
    p = next;
  }
  if (p !== end || into.has(name)) throw new ProtocolError('document sequence');
  into.set(name, docs);
  return end;
}

const withoutDocuments = compileProjection({ documents: 0 });
const documentsName = Buffer.from('documents');

/** Decodes a command from its validated document. */
export function parseCommand(
  bytes: Uint8Array,
  sequences: ReadonlyMap<string, Uint8Array[]>,
  db: string | null,
): Command {
  const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'utf8',
    5,
    cstringEnd(bytes, 5) - 1,
  );
  let documents: Uint8Array[] = [];
  let own = bytes;
  if (name === 'insert') {
    const at = findElement(bytes, 0, documentsName);
    if (at >= 0 && bytes[at] === bsonType.array) {
      documents = rawElements(bytes, at + documentsName.length + 2);
      own = withoutDocuments(bytes);
    }
    documents = sequences.get('documents') ?? documents;
  }
  const body = decodeDoc(own);
  for (const [field, docs] of sequences)
    if (name !== 'insert' || field !== 'documents') body[field] = docs.map(decodeDoc);
  const named = body['$db'];
  return { name, db: typeof named === 'string' ? named : (db ?? ''), body, documents };
}

function rawElements(b: Uint8Array, at: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  someElement(b, at, (type, _name, v) => {
    if (type !== bsonType.document)
      throw new CommandError(14, "BSON field 'insert.documents' must hold objects only");
    out.push(b.subarray(v, valueEnd(b, type, v)));
    return false;
  });
  return out;
}

let nextReplyId = 1;

/** One reply message. `body` is an encoded document. */
export function encodeReply(request: { requestId: number; legacy: boolean }, body: Uint8Array): Buffer {
  const head = request.legacy ? 36 : 21;
  const m = Buffer.allocUnsafe(head + body.length);
  m.fill(0, 0, head);
  m.writeInt32LE(m.length, 0);
  m.writeInt32LE((nextReplyId = (nextReplyId + 1) & 0x7fffffff), 4);
  m.writeInt32LE(request.requestId, 8);
  m.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  if (request.legacy) {
    m.writeInt32LE(8, 16);
    m.writeInt32LE(1, 32);
  }
  m.set(body, head);
  return m;
}

/** The reply of a cursor command around raw documents. */
export function encodeCursorReply(o: {
  batchName: 'firstBatch' | 'nextBatch';
  batch: readonly Uint8Array[];
  id: bigint;
  ns: string;
}): Buffer {
  const shell = encodeDoc({ cursor: { [o.batchName]: [], id: o.id, ns: o.ns }, ok: 1 });
  if (o.batch.length === 0) return shell;
  const names = o.batch.map((_doc, i) => Buffer.from(`\x03${i}\0`, 'latin1'));
  const added = o.batch.reduce((n, doc, i) => n + doc.length + (names[i]?.length ?? 0), 0);
  // shell: length, 0x03 "cursor\0", length, 0x04 batchName "\0", array (length 5: its length and its end), the rest
  const cursorAt = 4 + 1 + 7;
  const arrayAt = cursorAt + 4 + 1 + o.batchName.length + 1;
  const out = Buffer.allocUnsafe(shell.length + added);
  shell.copy(out, 0, 0, arrayAt + 4);
  for (const at of [0, cursorAt, arrayAt]) out.writeInt32LE(readInt32(shell, at) + added, at);
  let p = arrayAt + 4;
  for (const [i, doc] of o.batch.entries()) {
    p += names[i]?.copy(out, p) ?? 0;
    out.set(doc, p);
    p += doc.length;
  }
  shell.copy(out, p, arrayAt + 4);
  return out;
}
