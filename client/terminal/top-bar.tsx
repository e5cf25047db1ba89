import { useState } from 'preact/hooks';
import type { LanguageCode } from '../../server/wire/contract.ts';
import { Icon } from '../shared/icons.tsx';
import { LanguageSelect } from '../shared/language-select.tsx';
import { languages } from '../shared/languages.ts';
import { LocalText } from '../shared/local-text.tsx';
import { useClock } from './clock-view.tsx';
import { useTerminal } from './use-terminal.ts';

const everyLanguage: readonly LanguageCode[] = languages.map(({ code }) => code);

/** What stands above every page: programme, clock, language, demonstration mark, state of the connection. */
export function TopBar() {
  const { terminal, state, say, language } = useTerminal();
  const { view, phase } = state;
  const attached = phase === 'attached' && view !== null;
  const open = attached ? view.open : null;
  const section =
    open === null || view === null ? undefined : view.sections.find(({ id }) => id === open.section);
  const running = useClock();
  // A page that no longer holds the attempt knows nothing of its time.
  const clock = attached ? running : null;
  const [hidden, setHidden] = useState(false);
  const offered = attached ? view.programme.languages : everyLanguage;
  return (
    <header class="top">
      <a class="skip" href="#content">
        {say('app.skip')}
      </a>
      <div class="bar">
        <div class="bar-titles">
          <strong class="bar-name">
            {attached ? <LocalText text={view.programme.title} language={language} /> : 'Adil'}
          </strong>
          {section === undefined ? null : (
            <span class="bar-section">
              <LocalText text={section.title} language={language} />
            </span>
          )}
        </div>
        {clock === null ? null : (
          <div class="clock">
            <span role="timer" aria-label={say('clock.left')} aria-live="off">
              <span class="clock-name">{say('clock.left')}</span>{' '}
              <b class="clock-face">{hidden ? '––:––' : clock.face}</b>
            </span>
            <button type="button" class="tool" onClick={() => setHidden(!hidden)}>
              {hidden ? say('clock.show') : say('clock.hide')}
            </button>
          </div>
        )}
        {section === undefined || section.languageSwitch ? (
          <LanguageSelect
            label={say('app.language')}
            value={language}
            offered={offered}
            onChoose={terminal.chooseLanguage}
          />
        ) : (
          <span class="bar-language">
            {say('app.language-fixed', {
              language: languages.find(({ code }) => code === language)?.name ?? language,
            })}
          </span>
        )}
      </div>
      {attached && view.demonstration ? <p class="demonstration">{say('app.demonstration')}</p> : null}
      <div class="strip">
        <LinkWords />
        <p class="strip-told" role="status">
          {clock?.told ?? ''}
        </p>
      </div>
    </header>
  );
}

function LinkWords() {
  const { state, say } = useTerminal();
  const { link, view } = state;
  // Signed out or superseded: nothing is on its way from here, and nothing is to be promised.
  if (state.phase === 'signed-out' || state.phase === 'superseded')
    return <p class="strip-link" role="status" />;
  const lost = link === 'lost' || link === 'stopped';
  const key = lost ? (view?.open ? 'link.lost' : 'link.lost-short') : (`link.${link}` as const);
  return (
    <p class={lost ? 'strip-link is-lost' : 'strip-link'} role="status">
      <Icon name={lost ? 'unlinked' : 'link'} />
      {say(key)}
    </p>
  );
}
