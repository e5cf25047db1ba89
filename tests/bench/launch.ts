import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildInstallation, type Installation } from '../faults/build-installation.ts';

interface Bench {
  main(args: readonly string[], places: Installation): Promise<0 | 1>;
}

/** Benches by name: the files each needs built besides the server; the first one is its `main`. */
const benches: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'answers',
    ['tests/bench/answers/main.ts', 'tests/bench/answers/probe.ts', 'tests/bench/minimal/server.ts'],
  ],
]);

/** Builds and runs the bench that the first argument names. @returns exit code: 2 when there is none of that name */
export async function launch([name = '', ...args]: readonly string[]): Promise<number> {
  const entries = benches.get(name);
  if (!entries) {
    console.error(`Which bench? There is: ${[...benches.keys()].join(', ')}`);
    return 2;
  }
  const installation = await buildInstallation(entries);
  try {
    const file = join(installation.out, 'tests', 'bench', name, 'main.js');
    const bench = (await import(pathToFileURL(file).href)) as Bench;
    return await bench.main(args, installation);
  } finally {
    await installation.remove();
  }
}
