import type { LanguageCode, MonitorRow } from '../../server/wire/contract.ts';
import { Icon, type IconName } from '../shared/icons.tsx';
import { LocalText } from '../shared/local-text.tsx';
import { pickText } from '../shared/languages.ts';
import { showClock } from '../shared/show-clock.ts';
import {
  awaitsAdmission,
  isCutOff,
  isEnded,
  isLowOnTime,
  matchesFilter,
  orderByAttention,
} from './attention-order.ts';
import { sayShortTime, useMonitor, type MonitorKey } from './use-monitor.ts';

const columns = ['person', 'status', 'answered', 'last', 'left', 'notes', 'acts'] as const;

/** Everyone in the room. Explicit roles: on narrow screens the style turns the cells into blocks. */
export function RoomTable({ filter }: { readonly filter: string }) {
  const { state, say } = useMonitor();
  const all = [...state.rows.values()].map(({ row }) => row);
  const rows = orderByAttention(
    all.filter((row) => matchesFilter(row, filter)),
    state.language,
  );
  if (rows.length === 0)
    return <p class="room-empty">{say(all.length === 0 ? 'filter.empty' : 'filter.none')}</p>;
  return (
    <table class="room" role="table">
      <caption class="vh">{say('table.caption')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} scope="col" role="columnheader">
              {say(`table.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <RoomRow
            key={row.attemptId}
            row={row}
            seenAt={state.rows.get(row.attemptId)?.seenAt ?? 0}
            language={state.language}
          />
        ))}
      </tbody>
    </table>
  );
}

interface StatusWords {
  readonly key: MonitorKey;
  readonly icon: IconName;
  readonly kind: 'urgent' | 'wanting' | 'going' | 'resting';
}

function statusOf(row: MonitorRow): StatusWords {
  if (isCutOff(row)) return { key: 'status.cut-off', icon: 'unlinked', kind: 'urgent' };
  if (awaitsAdmission(row)) return { key: 'status.waiting', icon: 'person', kind: 'wanting' };
  switch (row.status) {
    case 'waiting':
      return { key: 'status.admitted', icon: 'check', kind: 'going' };
    case 'running':
      return row.section === null
        ? { key: 'status.between', icon: 'wait', kind: 'going' }
        : { key: 'status.running', icon: 'link', kind: 'going' };
    case 'checked-in':
      return { key: 'status.checked-in', icon: 'person', kind: 'going' };
    case 'paused':
      return { key: 'status.paused', icon: 'clock', kind: 'wanting' };
    case 'invited':
      return { key: 'status.invited', icon: 'wait', kind: 'resting' };
    case 'handed-in':
      return { key: 'status.handed-in', icon: 'check', kind: 'resting' };
    case 'timed-out':
      return { key: 'status.timed-out', icon: 'clock', kind: 'resting' };
    case 'stopped':
      return { key: 'status.stopped', icon: 'warn', kind: 'resting' };
    case 'declined':
      return { key: 'status.declined', icon: 'warn', kind: 'resting' };
  }
}

function RoomRow({
  row,
  seenAt,
  language,
}: {
  readonly row: MonitorRow;
  readonly seenAt: number;
  readonly language: LanguageCode;
}) {
  const { state, say, now } = useMonitor();
  const status = statusOf(row);
  const remaining =
    row.remainingMs === null
      ? null
      : row.status === 'running'
        ? Math.max(0, row.remainingMs - (now - seenAt))
        : row.remainingMs;
  const low = isLowOnTime(row, remaining);
  const serverNow = state.serverAt + (now - state.heardAt);
  const ended = isEnded(row);
  const label = (column: (typeof columns)[number]) =>
    ({ role: 'cell', 'data-label': say(`table.${column}`) }) as const;
  return (
    <tr role="row" class={`is-${status.kind}`}>
      <th scope="row" role="rowheader" tabIndex={-1}>
        <strong>{row.name}</strong>
        <span class="room-small">
          {row.personnelNumber} · <LocalText text={row.programme} language={language} />
        </span>
      </th>
      <td {...label('status')}>
        <span class={`room-status is-${status.kind}`}>
          <Icon name={status.icon} />
          {say(status.key)}
        </span>
        <span class="room-small">
          {row.section === null
            ? ended || isCutOff(row)
              ? ''
              : say(row.connected ? 'status.connected' : 'status.not-connected')
            : say('status.section', {
                number: row.section.number,
                of: row.section.of,
                title: pickText(row.section.title, language).text,
              })}
        </span>
      </td>
      <td {...label('answered')} class="number">
        {row.items === 0 ? (
          '–'
        ) : (
          <>
            {row.answered} / {row.items}
            <progress value={row.answered} max={row.items} aria-hidden="true" />
          </>
        )}
      </td>
      <td {...label('last')} class="number">
        {row.lastAnswerAt === null
          ? say('ago.never')
          : say('ago.since', { time: sayShortTime(serverNow - row.lastAnswerAt, say) })}
      </td>
      <td {...label('left')} class={low ? 'number is-low' : 'number'}>
        {low ? <Icon name="clock" /> : null}
        {remaining === null ? '–' : showClock(remaining)}
      </td>
      <td {...label('notes')}>
        <ul class="room-notes">
          {row.incidents > 0 ? <li>{say('note.incidents', { count: row.incidents })}</li> : null}
          {row.faults > 0 ? <li>{say('note.faults', { count: row.faults })}</li> : null}
          {row.extraTimePercent > 0 ? (
            <li>{say('note.extra-time', { percent: row.extraTimePercent })}</li>
          ) : null}
          {row.receiptCode === null ? null : <li>{say('note.receipt', { code: row.receiptCode })}</li>}
        </ul>
      </td>
      <td {...label('acts')}>
        <RowActs row={row} ended={ended} />
      </td>
    </tr>
  );
}

function RowActs({ row, ended }: { readonly row: MonitorRow; readonly ended: boolean }) {
  const { monitor, state, say } = useMonitor();
  const { name } = row;
  return (
    <div class="room-acts">
      {awaitsAdmission(row) || (row.status === 'checked-in' && !row.admitted) ? (
        <button
          type="button"
          aria-label={say('act.admit-person', { name })}
          aria-disabled={state.busy}
          onClick={(event) => {
            // The button goes away with the act: the focus stays in the row.
            event.currentTarget.closest('tr')?.querySelector('th')?.focus();
            void monitor.admit(row);
          }}
        >
          {say('act.admit')}
        </button>
      ) : null}
      {ended ? null : (
        <button
          type="button"
          class="secondary"
          aria-label={say('act.transfer-person', { name })}
          onClick={() => void monitor.transfer(row)}
        >
          {say('act.transfer')}
        </button>
      )}
      {row.receiptCode === null ? null : (
        <a
          class="button secondary"
          href={`/monitor/receipts/${row.attemptId}?lang=${state.language}`}
          target="_blank"
          rel="noopener"
          aria-label={say('act.receipt-person', { name })}
        >
          {say('act.receipt')}
        </a>
      )}
    </div>
  );
}
