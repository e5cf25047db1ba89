import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Builds the worker as build.mjs does, into a file of its own; returns its path. It lies in dist/ so that packages are found from there. */
export async function buildPdfWorker(
  entry = join(root, 'server', 'reports', 'pdf-worker.ts'),
  name = 'pdf-worker',
): Promise<string> {
  const outfile = join(root, 'dist', 'tests', `${name}-${process.pid}.js`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
