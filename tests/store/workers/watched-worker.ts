/** Worker of the store over the watched database. */
import { runWorker } from '../../../server/store/embedded/run-worker.ts';
import { openWatchedDatabase } from './watched-database.ts';

await runWorker(openWatchedDatabase);
