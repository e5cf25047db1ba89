import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds question-banks/, templates/ and dist/: the same for the sources and for the bundle in dist/server. */
export function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'question-banks', 'schema.ts'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the folder question-banks/ is missing beside the program');
    folder = parent;
  }
  return folder;
}
