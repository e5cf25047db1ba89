// Builds what `npm start` serves: the server and its workers (one file each, packages stay outside) and the pages of the browser.
import { build } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const at = (...p) => join(root, ...p);
const entry = (...names) => names.map((n) => at(n)).filter((f) => existsSync(f));

/** Newest change below a folder, milliseconds. */
function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((e) => e.isFile())
      .map((e) => statSync(join(e.parentPath ?? e.path, e.name)).mtimeMs),
  );
}

const stamp = at('dist', 'built');
const sources = ['server', 'client', 'scoring', 'question-banks', 'templates']
  .map((f) => at(f))
  .filter((f) => existsSync(f));
if (process.argv.includes('--if-needed') && existsSync(stamp)) {
  const built = statSync(stamp).mtimeMs;
  if (statSync(fileURLToPath(import.meta.url)).mtimeMs < built && sources.every((f) => newest(f) < built))
    process.exit(0);
}

await rm(stamp, { force: true });
await rm(at('dist', 'server'), { recursive: true, force: true });
await rm(at('dist', 'client'), { recursive: true, force: true });
await Promise.all([
  build({
    entryPoints: entry(
      'server/main.ts',
      'server/cli/main.ts',
      'server/store/embedded/worker.ts',
      'server/reports/pdf-worker.ts',
    ),
    outdir: at('dist', 'server'),
    outbase: at('server'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  }),
  build({
    entryPoints: entry('client/terminal/main.tsx', 'client/monitor/main.tsx', 'client/shared/pages.ts'),
    outdir: at('dist', 'client'),
    outbase: at('client'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file' },
    assetNames: 'assets/[name]-[hash]',
    logLevel: 'warning',
  }),
  build({
    entryPoints: entry(
      'templates/styles/app.css',
      'templates/styles/pages.css',
      'templates/styles/print.css',
    ),
    outdir: at('dist', 'client', 'styles'),
    bundle: true,
    minify: true,
    loader: { '.woff2': 'file', '.woff': 'empty' },
    assetNames: 'assets/[name]-[hash]',
    logLevel: 'warning',
  }),
]);
await mkdir(at('dist', 'client'), { recursive: true });
for (const page of ['terminal', 'monitor'])
  if (existsSync(at('client', page, 'index.html')))
    await cp(at('client', page, 'index.html'), at('dist', 'client', page, 'index.html'));
await writeFile(stamp, '');
