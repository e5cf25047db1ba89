/** The server's own sealing key, in one file that only its user can read. The one place of this folder that touches the disk. */
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { RegisteredKey, type KeyRegister } from './key-register.ts';
import { sealingKey, type SealingKey } from './seal.ts';
import { readerOf } from './shape.ts';

const ServerKeyFile = Type.Object(
  {
    format: Type.Literal('adil-server-key-1'),
    /** PKCS #8, DER, hexadecimal */
    privateKey: Type.String({ pattern: '^[0-9a-f]{96}$' }),
    fromAt: Type.Integer({ minimum: 0 }),
    retired: Type.Array(RegisteredKey),
  },
  { additionalProperties: false },
);
type ServerKeyFile = Static<typeof ServerKeyFile>;
const readShape = readerOf(ServerKeyFile);

export interface ServerKey {
  readonly key: SealingKey;
  /** the server's present and former public keys, for the organisation to copy into its register after comparing the key id */
  readonly register: KeyRegister;
}

const owner = 'server';
const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('hex');

function opened({ privateKey, fromAt, retired }: ServerKeyFile): ServerKey {
  const key = sealingKey(
    createPrivateKey({ key: Buffer.from(privateKey, 'hex'), format: 'der', type: 'pkcs8' }),
  );
  return {
    key,
    register: {
      format: 'adil-key-register-1',
      keys: [...retired, { keyId: key.keyId, publicKey: key.publicKey, owner, fromAt, untilAt: null }],
    },
  };
}

function read(path: string): ServerKeyFile {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path}: others can read the server's key; set its mode to 0600`);
  const shape = readShape(JSON.parse(readFileSync(path, 'utf8')));
  // the fault is not repeated: it could quote the file
  if (!shape.ok) throw new Error(`${path}: not a server key file`);
  return shape.value;
}

/** Durably, and at once or not at all: written beside, synced, then put in place by `place`. */
function write(path: string, file: ServerKeyFile, place: (beside: string) => void): void {
  const beside = `${path}.${randomBytes(6).toString('hex')}.new`;
  const fd = openSync(beside, 'wx', 0o600);
  try {
    writeSync(fd, `${JSON.stringify(file)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  try {
    place(beside);
  } finally {
    rmSync(beside, { force: true });
  }
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const hasCode = (e: unknown, code: string): boolean =>
  typeof e === 'object' && e !== null && 'code' in e && e.code === code;

/**
 * The server's key; made when the file does not exist. An existing file is never overwritten here.
 * @param at now, milliseconds since the epoch: from when a new key is in force
 * @throws Error when the file is unreadable, damaged or open to other users
 */
export function openServerKey(path: string, at: number): ServerKey {
  try {
    return opened(read(path));
  } catch (e) {
    if (!hasCode(e, 'ENOENT')) throw e;
  }
  try {
    // a hard link refuses to replace: of two processes that start together both end with the same key
    write(
      path,
      { format: 'adil-server-key-1', privateKey: newPrivateKey(), fromAt: at, retired: [] },
      (beside) => linkSync(beside, path),
    );
  } catch (e) {
    if (!hasCode(e, 'EEXIST')) throw e;
  }
  return opened(read(path));
}

/** A new key from `at` on; the old public key stays in the register up to `at`, its private half is gone. @throws as openServerKey */
export function rotateServerKey(path: string, at: number): ServerKey {
  const old = read(path);
  const { key } = opened(old);
  const retired = [
    ...old.retired,
    { keyId: key.keyId, publicKey: key.publicKey, owner, fromAt: old.fromAt, untilAt: at },
  ];
  write(path, { format: 'adil-server-key-1', privateKey: newPrivateKey(), fromAt: at, retired }, (beside) =>
    renameSync(beside, path),
  );
  return opened(read(path));
}
