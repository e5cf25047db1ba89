import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeedFile } from './seed-publications.ts';

/** Every banks/ID/VERSION.json and programmes/ID/VERSION.json below the folder question-banks. */
export function readSeedFiles(questionBanks: string): SeedFile[] {
  return ['banks', 'programmes'].flatMap((kind) =>
    readdirSync(join(questionBanks, kind), { withFileTypes: true })
      .filter((d) => d.isDirectory())
      .flatMap((d) =>
        readdirSync(join(questionBanks, kind, d.name))
          .filter((f) => f.endsWith('.json'))
          .map((f) => ({
            name: `${kind}/${d.name}/${f}`,
            bytes: readFileSync(join(questionBanks, kind, d.name, f)),
          })),
      ),
  );
}
