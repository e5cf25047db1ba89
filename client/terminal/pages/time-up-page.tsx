import type { AttemptView } from '../../../server/wire/contract.ts';
import { PageTitle } from '../page-title.tsx';
import type { ClosedSection } from '../terminal-state.ts';
import { plainText, useTerminal } from '../use-terminal.ts';

/** Told once when the server has closed a section because its time was up. */
export function TimeUpPage({ view, closed }: { readonly view: AttemptView; readonly closed: ClosedSection }) {
  const { terminal, state, say, language } = useTerminal();
  const section = view.sections.find(({ id }) => id === closed.section);
  const late = [...state.refused.values()].filter((code) => code === 'LATE' || code === 'NOT_OPEN').length;
  return (
    <div class="sheet">
      <PageTitle title={say('time-up.title')} />
      {section === undefined ? null : (
        <p>{say('time-up.section', { title: plainText(section.title, language) })}</p>
      )}
      <p class="strong-line">{say('time-up.counts', { count: closed.stored })}</p>
      <p role="status">{late === 0 ? '' : say('time-up.late', { count: late })}</p>
      <div class="acts">
        <button type="button" onClick={terminal.passClosed}>
          {say('app.continue')}
        </button>
      </div>
    </div>
  );
}
