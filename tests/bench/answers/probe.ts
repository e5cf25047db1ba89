/**
 * Loaded into the server under measurement before its own program (node --import), in every thread: the program itself has no such
 * switches. SIGUSR2 collects garbage in the main thread; SIGHUP begins a CPU profile in every thread, and the next SIGHUP ends it and
 * writes one file a thread into the folder named by ?profiles= of this module's address.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

const folder = new URL(import.meta.url).searchParams.get('profiles');
const session = new Session();
session.connect();
let profiling = false;

function toggleProfile(): void {
  if (folder === null) return;
  profiling = !profiling;
  if (profiling) {
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: 500 });
    session.post('Profiler.start');
    return;
  }
  session.post('Profiler.stop', (fault, result) => {
    if (fault === null)
      writeFileSync(join(folder, `thread-${threadId}.cpuprofile`), JSON.stringify(result.profile));
  });
}

const channel = new BroadcastChannel('adil-bench-probe');
channel.onmessage = toggleProfile;
channel.unref();
if (isMainThread) {
  process.on('SIGUSR2', () => session.post('HeapProfiler.collectGarbage'));
  process.on('SIGHUP', () => {
    toggleProfile();
    channel.postMessage('toggle');
  });
}
