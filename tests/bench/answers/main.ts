/**
 * How many acknowledged durable answers one second of the server's processor time buys, beside the least program that could do it, in
 * one run and interleaved; and how much memory a connected terminal costs. See tests/bench/README.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClosedLoop, type ClosedLoop, type LoadResult } from './closed-loop.ts';
import { closeTerminals, connectTerminals } from './connect-terminals.ts';
import { connectMinimalClients, startMinimalServer } from './minimal-server.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { cpuSeconds, cpuSecondsByThread, residentKb } from './process-cost.ts';
import { startProjectServer, type Places } from './project-server.ts';
import { firstSendId } from './raw-client.ts';
import { summariseProfiles } from './summarise-profiles.ts';

/** What the project promises: see the README of this folder. */
const bars = { ratio: 0.3, rssKbPerTerminal: 40 };

interface Round {
  readonly perCpuS: number;
  readonly perS: number;
  readonly p50: number;
  readonly p99: number;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

export async function main(args: readonly string[], places: Places): Promise<0 | 1> {
  const o = readOptions(args, join(places.root, 'dist', 'profiles'));
  const answers = await compareServers(o, places);
  const memory = o.memoryTerminals === 0 ? null : await measureMemory(o, places);
  const report = {
    ...answers,
    rssKbPerTerminal: memory,
    memoryTerminals: o.memoryTerminals,
    clients: o.clients,
    inFlight: o.inFlight,
    repeats: o.repeats,
  };
  if (o.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else
    for (const [name, value] of Object.entries(report))
      process.stdout.write(`${name.padEnd(22)} ${JSON.stringify(value)}\n`);
  return report.ratio >= bars.ratio && (memory === null || memory <= bars.rssKbPerTerminal) ? 0 : 1;
}

async function compareServers(o: BenchOptions, places: Places) {
  const load = loadName();
  say(`preparing ${o.clients} attempts`);
  const project = await startProjectServer({
    places,
    attempts: o.clients,
    programme: o.programme,
    profileFolder: o.profileFolder,
  });
  const minimal = await startMinimalServer(places);
  try {
    let projectLoop: ClosedLoop | null = null;
    const terminals = await connectTerminals(project.port, project.people, (id, good) =>
      projectLoop?.acked(id, good),
    );
    const loop = (projectLoop = createClosedLoop(terminals, firstSendId));
    let minimalLoop: ClosedLoop | null = null;
    const clients = await connectMinimalClients(minimal.port, o.clients, (id, good) =>
      minimalLoop?.acked(id, good),
    );
    const other = (minimalLoop = createClosedLoop(clients, firstSendId));

    const rounds: Round[] = [];
    const minimalRounds: Round[] = [];
    for (let i = 0; i < o.repeats; i++) {
      const profiled = o.profileFolder !== null && i === o.repeats - 1;
      if (profiled) await project.toggleProfile();
      rounds.push(await round('project', loop, project.pid, o));
      if (profiled) await project.toggleProfile();
      minimalRounds.push(await round('minimal', other, minimal.pid, o));
    }
    if (o.profileFolder !== null) for (const line of summariseProfiles(o.profileFolder)) say(line);
    closeTerminals(terminals);
    const mine = median(rounds);
    const theirs = median(minimalRounds);
    return {
      ackedPerCpuS: mine.perCpuS,
      minimalAckedPerCpuS: theirs.perCpuS,
      ratio: Math.round((mine.perCpuS / theirs.perCpuS) * 1000) / 1000,
      p50: mine.p50,
      p99: mine.p99,
      minimalP50: theirs.p50,
      minimalP99: theirs.p99,
      ackedPerS: mine.perS,
      minimalAckedPerS: theirs.perS,
      ackedPerCpuSOfRounds: rounds.map((r) => r.perCpuS),
      minimalAckedPerCpuSOfRounds: minimalRounds.map((r) => r.perCpuS),
      machineLoad: [load, loadName()],
    };
  } finally {
    await minimal.stop();
    await project.stop();
  }
}

async function round(name: string, loop: ClosedLoop, pid: number, o: BenchOptions): Promise<Round> {
  const before = cpuSecondsByThread(pid);
  const r = await loop.run({
    inFlight: o.inFlight,
    warmUpMs: 1000,
    ms: o.seconds * 1000,
    cpuS: () => cpuSeconds(pid),
  });
  if (r.refused > 0) throw new Error(`${name}: ${r.refused} answers were refused`);
  if (r.acked === 0) throw new Error(`${name}: nothing was acknowledged`);
  const one = {
    perCpuS: Math.round(r.acked / r.cpuS),
    perS: Math.round(r.acked / r.wallS),
    p50: at(r, 0.5),
    p99: at(r, 0.99),
  };
  say(
    `${name.padEnd(8)} ${one.perCpuS}/CPU-s  ${one.perS}/s  p50 ${one.p50} ms  p99 ${one.p99} ms  CPU ${(r.cpuS / r.wallS).toFixed(2)}`,
  );
  const threads = cpuSecondsByThread(pid)
    .map((s, i) => s - (before[i] ?? 0))
    .filter((s) => s >= 0.05)
    .toSorted((a, b) => b - a);
  say(`         CPU seconds of its threads, warm-up included: ${threads.map((s) => s.toFixed(2)).join(' ')}`);
  return one;
}

function at(r: LoadResult, share: number): number {
  return Math.round((r.latenciesMs[Math.min(r.acked - 1, Math.floor(r.acked * share))] ?? 0) * 100) / 100;
}

/** The round whose rate is in the middle. */
function median(rounds: readonly Round[]): Round {
  const middle = rounds.toSorted((a, b) => a.perCpuS - b.perCpuS)[rounds.length >> 1];
  if (!middle) throw new Error('no round was run');
  return middle;
}

/** Growth of the server's resident memory from ready, garbage collected, to all terminals with an open section, in KB each. */
async function measureMemory(o: BenchOptions, places: Places): Promise<number> {
  say(`preparing ${o.memoryTerminals} attempts`);
  const server = await startProjectServer({
    places,
    attempts: o.memoryTerminals,
    programme: o.programme,
    profileFolder: null,
  });
  try {
    await server.collectGarbage();
    const before = residentKb(server.pid);
    const terminals = await connectTerminals(server.port, server.people, () => undefined);
    await server.collectGarbage();
    const after = residentKb(server.pid);
    closeTerminals(terminals);
    say(`memory   ${before} KB ready, ${after} KB with ${o.memoryTerminals} terminals`);
    return Math.round(((after - before) / o.memoryTerminals) * 10) / 10;
  } finally {
    await server.stop();
  }
}

function loadName(): string {
  return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 2).join(' ');
}
