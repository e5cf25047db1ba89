import { Icon } from '../shared/icons.tsx';
import { problemWords, useTerminal } from './use-terminal.ts';

/** The last refusal in words: what happened, what is not lost, what to do. */
export function ProblemBox() {
  const { state, say, language } = useTerminal();
  const { problem } = state;
  return (
    <div role="alert">
      {problem === null ? null : (
        <div class="note is-bad">
          <Icon name="warn" />
          <p>
            {problemWords(problem, language, say)}
            {state.phase === 'signed-out' && state.outbox.entries.length > 0
              ? ` ${say('app.answers-kept')}`
              : ''}
          </p>
        </div>
      )}
    </div>
  );
}
