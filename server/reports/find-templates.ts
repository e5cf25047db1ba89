import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder templates/, found upwards from this module, so that it is the same for the sources and for the bundle in dist/server. */
export function findTemplates(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  for (;;) {
    const candidate = join(folder, 'templates', 'report.hbs');
    if (existsSync(candidate)) return dirname(candidate);
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the folder templates/ is missing beside the program');
    folder = parent;
  }
}
