import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { generalName } from './family.ts';
import type { Json } from './json.ts';
import { type Case, looksLikeCase, readCase } from './read-case.ts';
import { familyOf, type Families, runCase } from './run-case.ts';

const mostMisses = 5;

const show = (value: unknown): string => {
  const words = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');
  return words.length > 120 ? `${words.slice(0, 117)}…` : words;
};

/** Golden cases in a folder, or the one file; other JSON files (an index) are passed over. */
async function findCases(place: string): Promise<string[]> {
  if ((await stat(place)).isFile()) return [place];
  const names = (await readdir(place)).filter((name) => name.endsWith('.json')).toSorted();
  const cases: string[] = [];
  for (const name of names) {
    const file = join(place, name);
    let parsed: Json;
    try {
      parsed = JSON.parse(await readFile(file, 'utf8'));
    } catch {
      // not readable as JSON: kept, so that reading it as a case reports the fault
      cases.push(file);
      continue;
    }
    if (looksLikeCase(parsed)) cases.push(file);
  }
  return cases;
}

/** Counts of a run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Runs the golden cases of the folders and prints every miss.
 * @returns exit code: 0 when nothing failed, 1 otherwise, 2 for a wrong call
 */
export async function main(
  places: readonly string[],
  families: Families,
  print: (line: string) => void,
): Promise<number> {
  const options = new Set(places.filter((place) => place.startsWith('--')));
  const folders = places.filter((place) => !place.startsWith('--'));
  if (folders.length === 0) {
    print('Which folders? npm run -s golden -- FOLDER [FOLDER…] [--by-family]');
    return 2;
  }
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  let given = 0;
  const perFamily = new Map<string, { passed: number; all: number }>();

  for (const folder of folders) {
    const files = await findCases(folder).catch((error: unknown) => {
      print(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
      failed += 1;
      return [];
    });
    for (const file of files) {
      let one: Case;
      try {
        one = await readCase(file);
      } catch (error) {
        print(`${file}: ${error instanceof Error ? error.message : String(error)}`);
        failed += 1;
        continue;
      }
      const name = familyOf(one.id, families) ?? generalName(one.id.split('-')[0] ?? '');
      const family = perFamily.get(name) ?? { passed: 0, all: 0 };
      perFamily.set(name, family);
      for (const outcome of runCase(one, families)) {
        family.all += 1;
        const where = `${one.id} ${outcome.check.name}`;
        switch (outcome.result) {
          case 'passed':
            passed += 1;
            family.passed += 1;
            if (outcome.given) given += 1;
            break;
          case 'skipped':
            skipped += 1;
            print(`${where}: skipped: ${outcome.reason}`);
            break;
          case 'failed':
            failed += 1;
            if (outcome.misses.length === 0) print(`${where}: ${outcome.reason}`);
            for (const { path, expected, got } of outcome.misses.slice(0, mostMisses))
              print(
                `${where}${path}: expected ${show(expected)}, got ${show(got)}, tolerance ${outcome.check.tol}`,
              );
            if (outcome.misses.length > mostMisses)
              print(`${where}: and ${outcome.misses.length - mostMisses} more`);
            break;
        }
      }
    }
  }
  if (options.has('--by-family'))
    for (const [name, family] of [...perFamily].toSorted(([a], [b]) => a.localeCompare(b)))
      print(`${name}: ${family.passed} of ${family.all}`);
  if (given > 0) print(`${given} of the passed checks are inputs that a case gives to the engine`);
  print(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 && passed + skipped > 0 ? 0 : 1;
}
