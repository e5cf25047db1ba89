/** Starts stores for tests: the product's worker, or one whose database a test has wrapped. */
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startEmbeddedStore,
  type EmbeddedStore,
  type EmbeddedStoreOptions,
} from '../../server/store/embedded/start-embedded-store.ts';

const root = process.cwd();

/** Builds a worker entry below dist/, where node_modules resolve. @returns the built file */
export async function buildEntry(source = 'server/store/embedded/worker.ts'): Promise<string> {
  const outfile = join(
    root,
    'dist/test',
    `${source.replaceAll('/', '-').replace(/\.ts$/, '')}-${process.pid}.mjs`,
  );
  await build({
    entryPoints: [join(root, source)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'adil-store-test-'));
}

export interface TestStore extends EmbeddedStore {
  readonly folder: string;
}

/** A store in a new folder (or a given one), closed and removed together. */
export async function startTestStore(
  entry: string,
  o: Partial<EmbeddedStoreOptions> = {},
): Promise<TestStore> {
  const folder = o.folder ?? makeFolder();
  const store = await startEmbeddedStore({ entry, ...o, folder });
  return {
    ...store,
    folder,
    close: async () => {
      await store.close();
      if (o.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for something that happens by itself, at most 15 s. */
export async function until(done: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 15_000;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('what the test waits for did not happen');
    await new Promise((r) => setTimeout(r, 20));
  }
}
