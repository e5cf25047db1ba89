import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findRoot } from '../../server/find-root.ts';

export interface Installation {
  /** the repository */
  readonly root: string;
  /** the folder where entry a/b.ts became a/b.js */
  readonly out: string;
  remove(): Promise<void>;
}

/**
 * Builds the server, and other entry files with it, into a folder that is laid out like an installation of its own: what runs there is
 * never an old build and never disturbs one that is being served. The browser's pages and the seeds are those of the repository.
 * @param entries further files, relative to the repository
 */
export async function buildInstallation(entries: readonly string[]): Promise<Installation> {
  const root = findRoot();
  await mkdir(join(root, 'dist'), { recursive: true });
  const home = await mkdtemp(join(root, 'dist', 'installation-'));
  const out = join(home, 'dist');
  await mkdir(out);
  for (const shared of ['question-banks', 'templates', join('dist', 'client')])
    await symlink(join(root, shared), join(home, shared));
  await build({
    entryPoints: [
      'server/main.ts',
      'server/store/embedded/worker.ts',
      'server/reports/pdf-worker.ts',
      ...entries,
    ].map((f) => join(root, f)),
    outdir: out,
    outbase: root,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  return { root, out, remove: () => rm(home, { recursive: true, force: true }) };
}
