/** Child process: tries to start a store in a folder and says how it went. Arguments: built start-embedded-store, built worker, folder. */
import { pathToFileURL } from 'node:url';

const [, , start, entry, folder] = process.argv;
const { startEmbeddedStore } = await import(pathToFileURL(start).href);
try {
  const store = await startEmbeddedStore({ folder, entry });
  process.stdout.write('got in');
  await store.close();
} catch (e) {
  process.stdout.write(String(e.code));
}
