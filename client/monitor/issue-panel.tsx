import { useEffect, useRef, useState } from 'preact/hooks';
import { pickText } from '../shared/languages.ts';
import { useMonitor } from './use-monitor.ts';

/** Chooses a person and a programme and asks for a code. */
export function IssuePanel({ onClose }: { readonly onClose: () => void }) {
  const { monitor, state, say } = useMonitor();
  const [find, setFind] = useState('');
  const [personId, setPersonId] = useState('');
  const [programmeId, setProgrammeId] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    void monitor.loadLists();
  }, [monitor]);
  const people = (state.lists?.people ?? []).filter(({ name, personnelNumber }) =>
    `${name} ${personnelNumber}`.toLowerCase().includes(find.trim().toLowerCase()),
  );
  const programmes = state.lists?.programmes ?? [];
  const person = people.find(({ id }) => id === personId) ?? (people.length === 1 ? people[0] : undefined);
  const programme =
    programmes.find(({ id, version }) => `${id}@${version}` === programmeId) ??
    (programmes.length === 1 ? programmes[0] : undefined);
  return (
    <form
      class="panel no-print"
      aria-labelledby="issue-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (person === undefined || programme === undefined) setMissing(true);
        else if (!state.busy) void monitor.issue(person.id, person.name, programme);
      }}
    >
      <h2 id="issue-title">{say('issue.title')}</h2>
      <div class="panel-fields">
        <p>
          <label class="field-name" for="issue-find">
            {say('issue.find')}
          </label>
          <input
            id="issue-find"
            type="search"
            ref={field}
            value={find}
            autoComplete="off"
            onInput={(event) => setFind(event.currentTarget.value)}
          />
          <span class="field-hint" role="status">
            {say('issue.found', { count: people.length })}
          </span>
          <label class="field-name" for="issue-person">
            {say('issue.person')}
          </label>
          <select
            id="issue-person"
            size={6}
            value={person?.id ?? ''}
            onChange={(event) => setPersonId(event.currentTarget.value)}
          >
            {people.map(({ id, name, personnelNumber }) => (
              <option key={id} value={id} selected={id === person?.id}>
                {name} · {personnelNumber}
              </option>
            ))}
          </select>
        </p>
        <p>
          <label class="field-name" for="issue-programme">
            {say('issue.programme')}
          </label>
          <select
            id="issue-programme"
            size={6}
            onChange={(event) => setProgrammeId(event.currentTarget.value)}
          >
            {programmes.map((each) => (
              <option
                key={`${each.id}@${each.version}`}
                value={`${each.id}@${each.version}`}
                selected={each === programme}
              >
                {pickText(each.title, state.language).text} ({each.version})
              </option>
            ))}
          </select>
        </p>
      </div>
      <p class="state-line is-bad" role="status">
        {missing && (person === undefined || programme === undefined) ? say('issue.choose') : ''}
      </p>
      <div class="acts">
        <button type="submit" aria-disabled={state.busy}>
          {say('issue.give')}
        </button>
        <button type="button" class="secondary" onClick={onClose}>
          {say('issue.cancel')}
        </button>
      </div>
    </form>
  );
}
