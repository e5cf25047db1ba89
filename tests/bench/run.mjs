// `npm run -s bench -- NAME [options]`: builds the server and the bench NAME into dist/bench and runs it. That folder is laid out like an
// installation of its own, so that a bench never measures an old build, nor disturbs one that is being served.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const home = join(root, 'dist', 'bench');
const out = join(home, 'dist');
const [name = '', ...args] = process.argv.slice(2);
const entry = join(here, name, 'main.ts');
if (!/^[a-z-]+$/.test(name) || !existsSync(entry)) {
  console.error('Which bench? There is: answers');
  process.exit(2);
}

await rm(home, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const shared of ['question-banks', 'templates', join('dist', 'client')])
  await symlink(join(root, shared), join(home, shared));
await build({
  entryPoints: [
    'server/main.ts',
    'server/store/embedded/worker.ts',
    'server/reports/pdf-worker.ts',
    'tests/bench/minimal/server.ts',
    `tests/bench/${name}/main.ts`,
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
const { main } = await import(pathToFileURL(join(out, 'tests', 'bench', name, 'main.js')).href);
process.exitCode = await main(args, { root, out });
