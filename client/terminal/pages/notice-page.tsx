import { useState } from 'preact/hooks';
import type { AttemptView } from '../../../server/wire/contract.ts';
import { LocalText } from '../../shared/local-text.tsx';
import { PageTitle } from '../page-title.tsx';
import { ProblemBox } from '../problem-box.tsx';
import { useTerminal } from '../use-terminal.ts';

export function NoticePage({ view }: { readonly view: AttemptView }) {
  const { terminal, state, say, language } = useTerminal();
  const [declining, setDeclining] = useState(false);
  const { notice } = view.programme;
  if (declining) {
    return (
      <div class="sheet" key="declining">
        <PageTitle title={say('decline.title')} />
        <ProblemBox />
        <p>{say('decline.text')}</p>
        <div class="acts">
          <button type="button" onClick={() => setDeclining(false)}>
            {say('decline.return')}
          </button>
          <button
            type="button"
            class="secondary"
            aria-disabled={state.busy}
            onClick={() => (state.busy ? undefined : void terminal.declineNotice())}
          >
            {say('decline.confirm')}
          </button>
        </div>
      </div>
    );
  }
  return (
    <div class="sheet" key="notice">
      <PageTitle title={say('notice.title')} />
      <ProblemBox />
      <div class="prose">
        {notice.paragraphs.map((paragraph, n) => (
          <p key={n}>
            <LocalText text={paragraph} language={language} />
          </p>
        ))}
      </div>
      <p class="quiet">{say('notice.version', { version: notice.version })}</p>
      <div class="acts">
        <button
          type="button"
          aria-disabled={state.busy}
          onClick={() => (state.busy ? undefined : void terminal.acceptNotice(notice.version, language))}
        >
          {state.busy ? say('app.wait') : say('notice.accept')}
        </button>
        <button type="button" class="secondary" onClick={() => setDeclining(true)}>
          {say('notice.decline')}
        </button>
      </div>
    </div>
  );
}
