// Builds what `npm start` serves: the server and its workers (one file each, packages stay outside) and the pages of the browser.
import { build } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const at = (...p) => join(root, ...p);
const entry = (...names) => names.map((n) => at(n)).filter((f) => existsSync(f));

await rm(at('dist', 'server'), { recursive: true, force: true });
await rm(at('dist', 'client'), { recursive: true, force: true });
await Promise.all([
  build({
    entryPoints: entry('server/main.ts', 'server/cli/main.ts', 'server/store/embedded/worker.ts', 'server/reports/pdf-worker.ts'),
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
    entryPoints: entry('templates/styles/app.css', 'templates/styles/print.css'),
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
  if (existsSync(at('client', page, 'index.html'))) await cp(at('client', page, 'index.html'), at('dist', 'client', page, 'index.html'));
