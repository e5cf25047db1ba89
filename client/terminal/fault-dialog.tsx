import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTerminal } from './use-terminal.ts';

/** A report about the question itself. Closes with the text, or with null when the person changed their mind. */
export function FaultDialog({
  number,
  onClose,
}: {
  readonly number: number;
  readonly onClose: (text: string | null) => void;
}) {
  const { say } = useTerminal();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const finish = (words: string | null) => {
    // Closed before it is taken out: only then does the browser give the focus back to where it was.
    dialog.current?.close();
    onClose(words);
  };
  const title = say('fault.title', { n: number });
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="fault-title"
      onCancel={(event) => {
        event.preventDefault();
        finish(null);
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const words = text.trim();
          if (words !== '') return finish(words);
          setEmpty(true);
          field.current?.focus();
          return undefined;
        }}
      >
        <h2 id="fault-title">{title}</h2>
        <p id="fault-text">{say('fault.text')}</p>
        <label class="field-name" for="fault">
          {say('fault.label')}
        </label>
        <textarea
          id="fault"
          ref={field}
          rows={5}
          maxLength={1000}
          value={text}
          aria-describedby="fault-text fault-state"
          aria-invalid={empty}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setEmpty(false);
          }}
        />
        <p id="fault-state" class="state-line is-bad" role="status">
          {empty ? say('fault.empty') : ''}
        </p>
        <div class="acts">
          <button type="submit">{say('fault.send')}</button>
          <button type="button" class="secondary" onClick={() => finish(null)}>
            {say('fault.cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
