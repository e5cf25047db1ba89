/** What a process costs, read from /proc: all its threads and all its children are counted. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/PID/stat; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** The process and everything it started, by number. */
export function processTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/** Processor seconds used so far, user and system, by the process, its threads and its children. */
export function cpuSeconds(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + statSeconds(`/proc/${one}/stat`), 0);
}

function statSeconds(file: string): number {
  const stat = readFileSync(file, 'utf8');
  // The name in brackets may hold blanks: what follows it starts with field 3, the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory in KB of the process and its children. */
export function residentKb(pid: number): number {
  return processTree(pid).reduce(
    (sum, one) =>
      sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0),
    0,
  );
}

/** Processor seconds of each thread of the process, by the order in which they were started; the first is the main thread. */
export function cpuSecondsByThread(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .map(Number)
    .toSorted((a, b) => a - b)
    .map((task) => statSeconds(`/proc/${pid}/task/${task}/stat`));
}
