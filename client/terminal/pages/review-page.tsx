import { useState } from 'preact/hooks';
import type { AttemptView, OpenSection } from '../../../server/wire/contract.ts';
import { tallyItems, type ItemState } from '../grid-state.ts';
import { GridCell } from '../item-grid.tsx';
import { PageTitle } from '../page-title.tsx';
import { ProblemBox } from '../problem-box.tsx';
import { plainText, useTerminal } from '../use-terminal.ts';

interface Props {
  readonly view: AttemptView;
  readonly open: OpenSection;
  readonly states: readonly ItemState[];
  readonly onItem: (n: number) => void;
  readonly onReturn: () => void;
}

export function ReviewPage(props: Props) {
  const { state } = useTerminal();
  const [confirming, setConfirming] = useState(state.handingIn !== null);
  return confirming || state.handingIn !== null ? (
    <ConfirmHandIn {...props} onNo={() => setConfirming(false)} />
  ) : (
    <Review {...props} onHandIn={() => setConfirming(true)} />
  );
}

function Review({ states, onItem, onReturn, onHandIn }: Props & { readonly onHandIn: () => void }) {
  const { say } = useTerminal();
  const tally = tallyItems(states);
  const lists = [
    { name: say('review.unanswered'), test: (s: ItemState) => !s.answered },
    { name: say('review.flagged'), test: (s: ItemState) => s.flagged },
    { name: say('review.not-stored'), test: (s: ItemState) => s.save === 'unsent' || s.save === 'storing' },
  ];
  return (
    <div class="work" key="review">
      <PageTitle title={say('review.title')} />
      <ProblemBox />
      <p class="tally">
        {say('review.answered')}: <strong>{tally.answered}</strong> / {states.length}
      </p>
      {lists.map(({ name, test }) => {
        const count = states.filter(test).length;
        return (
          <section key={name} class="review-list">
            <h2>
              {name}: {count === 0 ? say('review.none') : count}
            </h2>
            {count === 0 ? null : (
              <ul class="cells">
                {states.map((s, n) =>
                  test(s) ? (
                    <li key={s.itemId}>
                      <GridCell state={s} n={n} current={false} onItem={onItem} />
                    </li>
                  ) : null,
                )}
              </ul>
            )}
          </section>
        );
      })}
      <div class="acts">
        <button type="button" class="secondary" onClick={onReturn}>
          {say('review.return')}
        </button>
        <button type="button" onClick={onHandIn}>
          {say('review.hand-in')}
        </button>
      </div>
    </div>
  );
}

function ConfirmHandIn({ view, open, states, onNo }: Props & { readonly onNo: () => void }) {
  const { terminal, state, say, language } = useTerminal();
  const section = view.sections.find(({ id }) => id === open.section);
  const { unanswered } = tallyItems(states);
  const waiting = state.outbox.entries.filter((entry) => entry.name === 'answer:submit').length;
  const handing = state.handingIn === open.section;
  return (
    <div class="work" key="confirm">
      <PageTitle
        title={say('hand-in.title', {
          title: section === undefined ? '' : plainText(section.title, language),
        })}
      />
      <ProblemBox />
      <p class={unanswered > 0 ? 'strong-line' : ''}>{say('hand-in.unanswered', { count: unanswered })}</p>
      <p>{say('hand-in.final')}</p>
      <p class="state-line" role="status">
        {!handing
          ? ''
          : state.busy || waiting === 0
            ? say('hand-in.sending')
            : say('hand-in.waits', { count: waiting })}
      </p>
      <div class="acts">
        <button
          type="button"
          class="secondary"
          aria-disabled={state.busy}
          onClick={() => {
            // Once the request is on its way there is no "not yet".
            if (state.busy) return;
            terminal.stopHandingIn();
            onNo();
          }}
        >
          {say('hand-in.return')}
        </button>
        <button
          type="button"
          aria-disabled={handing}
          onClick={() => (handing ? undefined : terminal.handIn(open.section))}
        >
          {say('hand-in.confirm')}
        </button>
      </div>
    </div>
  );
}
