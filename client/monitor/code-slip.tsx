import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LanguageCode } from '../../server/wire/contract.ts';
import { groupCode } from '../shared/group-code.ts';
import { languages, pickText } from '../shared/languages.ts';
import { makeWords } from '../shared/make-words.ts';
import type { Slip } from './open-monitor.ts';
import { monitorTexts, useMonitor, type MonitorKey } from './use-monitor.ts';

const inEach = languages.map(({ code }) => ({ code, say: makeWords(monitorTexts, code) }));

/** The same label in three languages, because the slip is handed to a person whose language the operator need not know. */
function Label({ name }: { readonly name: MonitorKey }) {
  const said = new Map<string, LanguageCode>();
  for (const { code, say } of inEach) if (!said.has(say(name))) said.set(say(name), code);
  return (
    <span class="slip-label">
      {[...said].map(([words, code], n) => (
        <span key={code} lang={code}>
          {n > 0 ? ' · ' : ''}
          {words}
        </span>
      ))}
    </span>
  );
}

const two = (n: number) => String(n).padStart(2, '0');

/** "22.11.2026 09:40" in the computer's own time zone: the same in all three languages of the slip. */
function showMoment(at: Date): string {
  return `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The one showing of a code; when the page is printed, only this is. */
export function CodeSlip({ slip, onAnother }: { readonly slip: Slip; readonly onAnother: () => void }) {
  const { monitor, say } = useMonitor();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), [slip]);
  const valid = showMoment(new Date(slip.validUntilAt));
  const titles = [...new Set(languages.map(({ code }) => pickText(slip.programme, code).text))];
  return (
    <section class="panel slip-panel" aria-labelledby="slip-title">
      <h2 id="slip-title" tabIndex={-1} ref={heading} class="no-print">
        {say('slip.title')}
      </h2>
      <p class="no-print">{say('slip.once')}</p>
      <div class="slip">
        <p>
          <Label name="slip.name" />
          <strong>{slip.name}</strong>
        </p>
        <p>
          <Label name="slip.programme" />
          {titles.map((title) => (
            <span key={title} class="slip-line">
              {title}
            </span>
          ))}
        </p>
        <p>
          <Label name="slip.code" />
          <strong class="slip-code">{groupCode(slip.code)}</strong>
        </p>
        <p>
          <Label name="slip.address" />
          <span class="slip-line">{`${location.origin}/terminal`}</span>
        </p>
        <p>
          <Label name="slip.valid" />
          <span class="slip-line">{valid}</span>
        </p>
        {inEach.map(({ code, say: inThis }) => (
          <p key={code} lang={code} class="slip-how">
            {inThis('slip.how')}
          </p>
        ))}
      </div>
      <div class="acts no-print">
        <button type="button" onClick={() => window.print()}>
          {say('slip.print')}
        </button>
        <button type="button" class="secondary" onClick={onAnother}>
          {say('slip.another')}
        </button>
        <button type="button" class="secondary" onClick={monitor.hideSlip}>
          {say('slip.hide')}
        </button>
      </div>
    </section>
  );
}
