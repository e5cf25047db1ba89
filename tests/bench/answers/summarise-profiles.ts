/** Reads V8 CPU profiles and says where the time went: by package or folder, then by function. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const rows = 45;

/** One table for each profile in the folder; times in ms of the thread's own samples, idle left out. */
export function summariseProfiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((f) => f.endsWith('.cpuprofile'))
    .flatMap((f) => {
      const profile: Profile = JSON.parse(readFileSync(join(folder, f), 'utf8'));
      return summarise(f, profile);
    });
}

function summarise(name: string, p: Profile): string[] {
  const frames = new Map(p.nodes.map((n) => [n.id, n.callFrame]));
  const byFunction = new Map<string, number>();
  const byPlace = new Map<string, number>();
  let busy = 0;
  for (const [i, id] of p.samples.entries()) {
    const frame = frames.get(id);
    const ms = (p.timeDeltas[i] ?? 0) / 1000;
    if (!frame || frame.functionName === '(idle)' || frame.functionName === '(program)') continue;
    busy += ms;
    const place = placeOf(frame.url, frame.functionName);
    add(byPlace, place, ms);
    add(byFunction, `${frame.functionName || '(anonymous)'} ${place} :${frame.lineNumber + 1}`, ms);
  }
  const table = (of: ReadonlyMap<string, number>, n: number): string[] =>
    [...of]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, n)
      .map(
        ([what, ms]) =>
          `${((ms / busy) * 100).toFixed(1).padStart(6)} % ${ms.toFixed(0).padStart(7)} ms  ${what}`,
      );
  return [`\n${name}: busy ${busy.toFixed(0)} ms`, ...table(byPlace, 20), '', ...table(byFunction, rows)];
}

function add(to: Map<string, number>, key: string, ms: number): void {
  to.set(key, (to.get(key) ?? 0) + ms);
}

function placeOf(url: string, functionName: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (url.startsWith('node:')) return url;
  if (url === '') return functionName === '(garbage collector)' ? 'gc' : 'native';
  return url.split('/').slice(-3).join('/');
}
