/** Entry of the store's threads; built to dist/server/store/embedded/worker.js. */
import { openDatabase } from './open-database.ts';
import { runWorker } from './run-worker.ts';

await runWorker(openDatabase);
