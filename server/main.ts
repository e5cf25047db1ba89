/** The process: environment in, server up, signals out. Everything else takes its effects as arguments. */
import { startServer } from './start-server.ts';
import { readConfig } from './config.ts';

const read = readConfig(process.env, process.cwd());
if (!read.ok) {
  for (const problem of read.problems) console.error(problem);
  process.exit(2);
}

try {
  const server = await startServer(read.config);
  const stop = (): void => {
    server.close().then(
      () => process.exit(0),
      (e: unknown) => {
        console.error(e);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (e) {
  console.error(e instanceof Error ? e.message : e);
  process.exit(1);
}
