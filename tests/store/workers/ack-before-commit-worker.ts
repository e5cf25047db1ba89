/** Negative control: a store that acknowledges first and commits a little later. The kill test must find its losses. */
import { openDatabase } from '../../../server/store/embedded/open-database.ts';
import { runWorker } from '../../../server/store/embedded/run-worker.ts';

await runWorker(async (file) => {
  const db = await openDatabase(file);
  let open = false;
  const lateCommit = (): void => {
    if (open) db.exec('COMMIT');
    open = false;
  };
  setInterval(lateCommit, 2000).unref();
  return {
    exec: (sql) => db.exec(sql),
    close: () => {
      lateCommit();
      db.close();
    },
    prepare: (sql) => {
      const s = db.prepare(sql);
      const plain = { get: s.get.bind(s), all: s.all.bind(s), run: s.run.bind(s) };
      if (sql === 'COMMIT' && db.prepare('PRAGMA query_only').get()?.['query_only'] === 0)
        return { ...plain, run: () => ({ changes: 0 }) };
      if (sql !== 'BEGIN IMMEDIATE') return plain;
      return {
        ...plain,
        run: () => {
          if (!open) s.run();
          open = true;
          return { changes: 0 };
        },
      };
    },
  };
});
