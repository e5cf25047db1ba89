// Writes bank.schema.json and programme.schema.json for editors. Run after a change of schema.ts: node question-banks/emit-schemas.mjs
// (tests/banks/emitted-schemas.test.ts fails until it is run).
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format } from 'prettier';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const { outputFiles } = await build({
  entryPoints: [here('schema.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { Bank, Programme } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
for (const schema of [Bank, Programme])
  await writeFile(
    here(schema.$id),
    await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 }),
  );
