import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../shared/icons.tsx';
import { LanguageSelect } from '../shared/language-select.tsx';
import { languages } from '../shared/languages.ts';
import { useStore } from '../shared/make-store.ts';
import { errorWords, makeWords } from '../shared/make-words.ts';
import { awaitsAdmission, isCutOff, isEnded } from './attention-order.ts';
import { CodeSlip } from './code-slip.tsx';
import { IssuePanel } from './issue-panel.tsx';
import type { Monitor } from './open-monitor.ts';
import { RoomTable } from './room-table.tsx';
import { monitorTexts, MonitorContext, sayShortTime, useMonitor } from './use-monitor.ts';

export function App({ monitor }: { readonly monitor: Monitor }) {
  const state = useStore(monitor.store);
  const say = useMemo(() => makeWords(monitorTexts, state.language), [state.language]);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = `${say('app.title')} – Adil`;
  }, [state.language, say]);
  return (
    <MonitorContext.Provider value={{ monitor, state, say, now: Math.max(now, state.heardAt) }}>
      <TopBar />
      <main id="content" class={state.slip === null ? 'monitor' : 'monitor has-slip'}>
        {state.phase === 'signed-out' ? <SignedOut /> : <Room />}
      </main>
    </MonitorContext.Provider>
  );
}

function TopBar() {
  const { monitor, state, say, now } = useMonitor();
  const lost = state.link === 'lost' || state.link === 'stopped';
  return (
    <header class="top no-print">
      <a class="skip" href="#content">
        {say('app.skip')}
      </a>
      <div class="bar">
        <a class="bar-home" href="/">
          Adil
        </a>
        <strong>{say('app.title')}</strong>
        <LanguageSelect
          label={say('app.language')}
          value={state.language}
          offered={languages.map(({ code }) => code)}
          onChoose={monitor.chooseLanguage}
        />
      </div>
      <div class="strip">
        <p class={lost ? 'strip-link is-lost' : 'strip-link'}>
          <Icon name={lost ? 'unlinked' : 'link'} />
          {state.link === 'lost' || state.link === 'stopped'
            ? say('link.lost', { ago: sayShortTime(now - state.heardAt, say) })
            : say(`link.${state.link}`)}
        </p>
      </div>
    </header>
  );
}

function SignedOut() {
  const { state, say } = useMonitor();
  return (
    <div class="sheet">
      <h1>{say('app.sign-in-title')}</h1>
      {state.problem === null ? null : <p>{errorWords(state.problem.code, state.language)}</p>}
      <p>
        <a class="button" href={`/sign-in?next=/monitor&lang=${state.language}`}>
          {say('app.sign-in')}
        </a>
      </p>
    </div>
  );
}

function Room() {
  const { monitor, state, say } = useMonitor();
  const [issuing, setIssuing] = useState(false);
  const [filter, setFilter] = useState('');
  const opener = useRef<HTMLButtonElement>(null);
  const hadSlip = useRef(false);
  useEffect(() => {
    // After the code is hidden the focus must land somewhere.
    if (hadSlip.current && state.slip === null && !issuing) opener.current?.focus();
    if (!hadSlip.current && state.slip !== null) setIssuing(false);
    hadSlip.current = state.slip !== null;
  }, [state.slip, issuing]);
  if (state.phase === 'starting') return <p class="room-empty">{say('app.starting')}</p>;
  return (
    <>
      <div class="room-head no-print">
        <h1>{say('app.title')}</h1>
        <Summary />
        <button
          type="button"
          ref={opener}
          aria-expanded={issuing && state.slip === null}
          onClick={() => setIssuing(true)}
        >
          {say('act.issue')}
        </button>
      </div>
      <div role="alert" class="no-print">
        {state.problem === null ? null : (
          <div class="note is-bad">
            <Icon name="warn" />
            <p>
              {state.problem.code === 'NO_REPLY'
                ? say('app.no-reply')
                : errorWords(state.problem.code, state.language, state.problem.errorId)}
            </p>
          </div>
        )}
      </div>
      <p role="status" class="vh">
        {state.done === null ? '' : say('act.admitted', { name: state.done.admitted })}
      </p>
      {state.slip !== null ? (
        <CodeSlip
          slip={state.slip}
          onAnother={() => {
            setIssuing(true);
            monitor.hideSlip();
          }}
        />
      ) : issuing ? (
        <IssuePanel
          onClose={() => {
            setIssuing(false);
            opener.current?.focus();
          }}
        />
      ) : null}
      <div class="room-filter no-print">
        <label for="filter">{say('filter.label')}</label>
        <input
          id="filter"
          type="search"
          value={filter}
          autoComplete="off"
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      <RoomTable filter={filter.trim()} />
    </>
  );
}

function Summary() {
  const { state, say } = useMonitor();
  const rows = [...state.rows.values()].map(({ row }) => row);
  const counts = [
    { name: say('summary.all'), count: rows.length },
    {
      name: say('summary.running'),
      count: rows.filter((row) => row.status === 'running' && row.connected).length,
    },
    { name: say('summary.waiting'), count: rows.filter(awaitsAdmission).length },
    { name: say('summary.cut-off'), count: rows.filter(isCutOff).length },
    { name: say('summary.ended'), count: rows.filter(isEnded).length },
  ];
  return (
    <dl class="summary">
      {counts.map(({ name, count }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}
