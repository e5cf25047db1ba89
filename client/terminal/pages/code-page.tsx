import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { digitsOf, groupCode } from '../../shared/group-code.ts';
import { readDigitKey } from '../../shared/read-digit-key.ts';
import { checkCode, codeLength } from '../check-code.ts';
import { PageTitle } from '../page-title.tsx';
import { ProblemBox } from '../problem-box.tsx';
import { useTerminal } from '../use-terminal.ts';

/** Where the caret stands in the grouped text when `digits` digits are before it. */
function caretAfter(digits: number): number {
  return digits + (digits > 5 ? 1 : 0) + (digits > 10 ? 1 : 0);
}

export function CodePage() {
  const { terminal, state, say } = useTerminal();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const place = (before: string, after: string) => {
    const whole = digitsOf(before + after).slice(0, codeLength);
    caret.current = caretAfter(Math.min(digitsOf(before).length, codeLength));
    setCode(whole);
    setTried(false);
  };
  const verdict = checkCode(code);
  const mistyped = verdict === 'mistyped';
  const unfinished = tried && verdict === 'unfinished';
  const hint = mistyped
    ? say('code.mistyped')
    : verdict === 'good'
      ? say('code.good')
      : unfinished || code !== ''
        ? say('code.unfinished', { count: code.length })
        : '';

  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (verdict === 'good' && !state.busy) void terminal.enterCode(code);
    else input.current?.focus();
  };

  return (
    <form class="sheet" onSubmit={submit} noValidate>
      <PageTitle title={say('code.title')} focus={false} />
      <ProblemBox />
      <label class="field" for="code">
        <span class="field-name">{say('code.label')}</span>
        <span class="field-hint" id="code-hint">
          {say('code.hint')}
        </span>
      </label>
      <input
        id="code"
        class="code-input"
        ref={input}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        spellcheck={false}
        value={groupCode(code)}
        aria-describedby="code-hint code-state"
        aria-invalid={mistyped || unfinished}
        onKeyDown={(event) => {
          // By the physical key: the Kazakh layout has no digits.
          const digit = readDigitKey(event);
          if (digit === null) return;
          event.preventDefault();
          const { value, selectionStart, selectionEnd } = event.currentTarget;
          place(
            value.slice(0, selectionStart ?? value.length) + String(digit),
            value.slice(selectionEnd ?? value.length),
          );
        }}
        onInput={(event) => {
          const { value, selectionStart } = event.currentTarget;
          const at = selectionStart ?? value.length;
          place(value.slice(0, at), value.slice(at));
        }}
      />
      <p id="code-state" class={mistyped || unfinished ? 'state-line is-bad' : 'state-line'} role="status">
        {hint}
      </p>
      <div class="acts">
        <button type="submit" aria-disabled={state.busy}>
          {state.busy ? say('app.wait') : say('app.continue')}
        </button>
      </div>
    </form>
  );
}
