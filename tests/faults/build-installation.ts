import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findRoot } from '../../server/find-root.ts';

/**
 * Builds the server, and other entry files with it, into a folder that is laid out like an installation of its own: what runs there is
 * never an old build and never disturbs one that is being served. The browser's pages and the seeds are those of the repository.
 * @param name folder below dist/
 * @param entries further files, relative to the repository
 * @returns the folder where entry a/b.ts became a/b.js
 */
export async function buildInstallation(name: string, entries: readonly string[]): Promise<string> {
  const root = findRoot();
  const home = join(root, 'dist', name);
  const out = join(home, 'dist');
  await rm(home, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
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
  return out;
}
