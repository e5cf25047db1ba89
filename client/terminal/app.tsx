import { useEffect, useMemo } from 'preact/hooks';
import { makeWords } from '../shared/make-words.ts';
import { useStore } from '../shared/make-store.ts';
import { choosePage } from './choose-page.ts';
import type { Terminal } from './open-terminal.ts';
import { CodePage } from './pages/code-page.tsx';
import { EndPage } from './pages/end-page.tsx';
import { IdentityPage } from './pages/identity-page.tsx';
import { ItemsPage } from './pages/items-page.tsx';
import { LanguagePage } from './pages/language-page.tsx';
import { NoticePage } from './pages/notice-page.tsx';
import { PlainPage } from './pages/plain-page.tsx';
import { SectionPage } from './pages/section-page.tsx';
import { TimeUpPage } from './pages/time-up-page.tsx';
import { TopBar } from './top-bar.tsx';
import { SceneContext, terminalTexts, useTerminal } from './use-terminal.ts';

export function App({ terminal }: { readonly terminal: Terminal }) {
  const state = useStore(terminal.store);
  const language = state.language ?? 'kk';
  const say = useMemo(() => makeWords(terminalTexts, language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const offered = state.view?.programme.languages;
  useEffect(() => {
    // A programme may not exist in the language that was chosen before the code was entered.
    const first = offered?.[0];
    if (first !== undefined && !offered?.includes(language)) terminal.chooseLanguage(first);
  }, [offered, language, terminal]);
  return (
    <SceneContext.Provider value={{ terminal, state, language, say }}>
      {state.language === null && state.phase !== 'attached' ? null : <TopBar />}
      <main id="content">
        <CurrentPage />
      </main>
    </SceneContext.Provider>
  );
}

function CurrentPage() {
  const { terminal, state, say } = useTerminal();
  const { view, phase } = state;
  if (phase === 'superseded') {
    return (
      <PlainPage key="superseded" title={say('superseded.title')} icon="person">
        <p>{say('superseded.text')}</p>
        <div class="acts">
          <button type="button" onClick={terminal.continueHere}>
            {say('superseded.here')}
          </button>
        </div>
      </PlainPage>
    );
  }
  if (phase === 'signed-out') return state.language === null ? <LanguagePage /> : <CodePage />;
  if (phase === 'starting' || view === null) {
    return (
      <PlainPage key="starting" title={say('starting.title')} icon="link">
        <p>{say('starting.text')}</p>
      </PlainPage>
    );
  }
  if (state.closed?.by === 'time') return <TimeUpPage view={view} closed={state.closed} />;
  switch (choosePage(view, state.confirmed)) {
    case 'identity':
      return <IdentityPage view={view} />;
    case 'notice':
      return <NoticePage view={view} />;
    case 'waiting':
      return (
        <PlainPage key="waiting" title={say('waiting.title')} icon="wait">
          <p>{say('waiting.text')}</p>
          <p class="strong-line">{say('waiting.time')}</p>
        </PlainPage>
      );
    case 'section': {
      const section = view.sections.find(({ status }) => status === 'ahead');
      return section === undefined ? null : <SectionPage key={section.id} view={view} section={section} />;
    }
    case 'items':
      return view.open === null ? null : <ItemsPage key={view.open.section} view={view} open={view.open} />;
    case 'paused':
      return (
        <PlainPage key="paused" title={say('paused.title')} icon="clock">
          <p>{say('paused.text')}</p>
        </PlainPage>
      );
    case 'end':
      return <EndPage view={view} />;
    case 'declined':
      return (
        <PlainPage key="declined" title={say('declined.title')} icon="check">
          <p>{say('declined.text')}</p>
          <LeaveButton />
        </PlainPage>
      );
    case 'stopped':
      return (
        <PlainPage key="stopped" title={say('stopped.title')} icon="warn">
          <p>{say('stopped.text')}</p>
          <LeaveButton />
        </PlainPage>
      );
  }
}

function LeaveButton() {
  const { terminal, say } = useTerminal();
  return (
    <div class="acts">
      <button type="button" onClick={terminal.leave}>
        {say('end.clear')}
      </button>
    </div>
  );
}
