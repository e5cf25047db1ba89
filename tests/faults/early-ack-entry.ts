/**
 * A server that lies: it acknowledges an answer at once and stores it 300 ms later. It exists to show that the drill notices. The only
 * way to it is this file; the product has no such switch.
 */
import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/start-server.ts';

const lateByMs = 300;

const read = readConfig(process.env, process.cwd());
if (!read.ok) throw new Error(read.problems.join('\n'));
const server = await startServer(read.config, {
  insertEntries: (insert) => (entries) => {
    setTimeout(() => void insert(entries).catch(() => undefined), lateByMs);
    return Promise.resolve(new Set());
  },
});
process.once('SIGTERM', () => void server.close().finally(() => process.exit(0)));
