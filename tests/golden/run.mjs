// `npm run -s golden -- FOLDER [FOLDER…] [--by-family]`: bundles the engine with the families found in families/ and runs the cases.
import { build } from 'esbuild';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', '..', 'dist', 'golden');

// one file for each family; adding a file is all it takes to add a family
const names = (await readdir(join(here, 'families')))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .sort();
const entry = [
  "export { main } from './main.ts';",
  ...names.map((name, i) => `import { family as f${i} } from './families/${name}.ts';`),
  `export const families = new Map([${names.map((name, i) => `['${name}', f${i}]`).join(', ')}]);`,
].join('\n');

await mkdir(out, { recursive: true });
const outfile = join(out, `run-${process.pid}.mjs`);
await build({
  stdin: { contents: entry, resolveDir: here, loader: 'ts' },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const { main, families } = await import(pathToFileURL(outfile).href);
await rm(outfile);
process.exitCode = await main(process.argv.slice(2), families, (line) => console.log(line));
