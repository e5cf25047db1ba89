// `npm run -s bench -- NAME [options]`: Node reads no TypeScript, so the launcher is bundled first; launch.ts does the rest.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const launcher = join(root, 'dist', 'bench-launch.mjs');
await build({
  entryPoints: [join(root, 'tests', 'bench', 'launch.ts')],
  outfile: launcher,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const { launch } = await import(launcher);
process.exitCode = await launch(process.argv.slice(2));
