/** The secrets of this server, which the store never holds: one file of mode 0600 in the data folder, made at the first start. */
import { randomBytes } from 'node:crypto';
import { link, open, readFile, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

export interface ServerKeys {
  /** signs the cookies of staff sessions */
  readonly session: Buffer;
  /** hashes the one-time codes of employees */
  readonly code: Buffer;
  /** hashes the cookies of terminals */
  readonly seat: Buffer;
  /** makes the form tokens of visitors and the marks of known browsers */
  readonly form: Buffer;
}

const fileName = 'server-keys.json';
const names = ['session', 'code', 'seat', 'form'] as const;

function parseKeys(text: string, path: string): ServerKeys {
  const value: unknown = JSON.parse(text);
  const key = (name: (typeof names)[number]): Buffer => {
    const hex =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([k]) => k === name)?.[1]
        : undefined;
    if (typeof hex !== 'string' || !/^[0-9a-f]{64}$/.test(hex))
      throw new Error(`${path}: key "${name}" is missing or damaged; restore the file from the backup`);
    return Buffer.from(hex, 'hex');
  };
  return { session: key('session'), code: key('code'), seat: key('seat'), form: key('form') };
}

async function syncAndClose(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The code of a system error, such as ENOENT. */
function codeOf(e: unknown): unknown {
  return typeof e === 'object' && e !== null && 'code' in e ? e.code : undefined;
}

async function createFile(folder: string, path: string): Promise<void> {
  const half = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(half, 'wx', 0o600);
  await file.writeFile(
    JSON.stringify(Object.fromEntries(names.map((n) => [n, randomBytes(32).toString('hex')]))),
  );
  await syncAndClose(file);
  try {
    // link, not rename: it refuses to replace keys that another start has made meanwhile
    await link(half, path);
  } catch (e) {
    if (codeOf(e) !== 'EEXIST') throw e;
  } finally {
    await unlink(half);
  }
  await syncAndClose(await open(folder, 'r'));
}

/**
 * Reads the keys, or makes them when there are none.
 * @param folder the data folder; it exists
 * @throws Error when the file can be read by others or is damaged
 */
export async function openKeys(folder: string): Promise<ServerKeys> {
  const path = join(folder, fileName);
  const mode = await stat(path).then(
    (found) => found.mode,
    async (e: unknown) => {
      if (codeOf(e) !== 'ENOENT') throw e;
      await createFile(folder, path);
      return 0o600;
    },
  );
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${path} can be read by other users of this machine; run: chmod 600 ${path}`);
  return parseKeys(await readFile(path, 'utf8'), path);
}
