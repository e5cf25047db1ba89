/** The process: environment in, server up, signals out. Everything else takes its effects as arguments. */
import { readConfig } from './config.ts';
import { startServer } from './start-server.ts';

const read = readConfig(process.env, process.cwd());
if (!read.ok) {
  for (const problem of read.problems) console.error(problem);
  process.exit(2);
}

const starting = startServer(read.config);

/** A signal that comes while the server starts waits for the start: nothing is left half written. */
function stop(): void {
  starting
    .then((server) => server.close())
    .then(
      () => process.exit(0),
      (e: unknown) => fail(e),
    );
}

function fail(e: unknown): never {
  console.error(e instanceof Error ? e.message : e);
  process.exit(1);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
starting.catch(fail);
