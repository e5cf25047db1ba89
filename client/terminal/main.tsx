import { render } from 'preact';
import { readKeptLanguage } from '../shared/keep-language.ts';
import { App } from './app.tsx';
import { openOutboxStore } from './outbox-store.ts';
import { openTerminal } from './open-terminal.ts';

async function begin(): Promise<void> {
  const boxes = await openOutboxStore();
  const terminal = openTerminal(boxes, readKeptLanguage(), () => performance.now(), Math.random);
  const root = document.getElementById('app');
  if (root !== null) render(<App terminal={terminal} />, root);
  window.addEventListener('beforeunload', (event) => {
    if (terminal.store.get().outbox.entries.some((entry) => entry.name !== 'item:view'))
      event.preventDefault();
  });
  terminal.start();
}

// A page out of the browser's memory shows an old state: begin anew.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
void begin();
