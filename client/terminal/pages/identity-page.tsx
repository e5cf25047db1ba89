import { useState } from 'preact/hooks';
import type { AttemptView } from '../../../server/wire/contract.ts';
import { LocalText } from '../../shared/local-text.tsx';
import { PageTitle } from '../page-title.tsx';
import { ProblemBox } from '../problem-box.tsx';
import { useTerminal } from '../use-terminal.ts';

export function IdentityPage({ view }: { readonly view: AttemptView }) {
  const { terminal, state, say, language } = useTerminal();
  const [denied, setDenied] = useState(false);
  if (denied) {
    return (
      <div class="sheet" key="denied">
        <PageTitle title={say('identity.call')} />
        <p>{say('identity.call-text')}</p>
        <div class="acts">
          <button type="button" onClick={terminal.leave}>
            {say('identity.other-code')}
          </button>
          <button type="button" class="secondary" onClick={() => setDenied(false)}>
            {say('app.back')}
          </button>
        </div>
      </div>
    );
  }
  return (
    <div class="sheet" key="asked">
      <PageTitle title={say('identity.title')} />
      <ProblemBox />
      <p class="person-name">{view.person.name}</p>
      <p class="quiet">
        <LocalText text={view.programme.title} language={language} />
      </p>
      <div class="acts">
        <button
          type="button"
          aria-disabled={state.busy}
          onClick={() => (state.busy ? undefined : void terminal.confirmIdentity())}
        >
          {say('identity.yes')}
        </button>
        <button type="button" class="secondary" onClick={() => setDenied(true)}>
          {say('identity.no')}
        </button>
      </div>
    </div>
  );
}
