import { useEffect, useRef, useState } from 'preact/hooks';
import type { AttemptView, OpenSection } from '../../../server/wire/contract.ts';
import type { RefusalCode } from '../../shared/refusal-code.ts';
import { Icon } from '../../shared/icons.tsx';
import { errorWords } from '../../shared/make-words.ts';
import { FaultDialog } from '../fault-dialog.tsx';
import { itemStates, type ItemState } from '../grid-state.ts';
import { ItemForm } from '../item-form.tsx';
import { ItemGrid } from '../item-grid.tsx';
import { ProblemBox } from '../problem-box.tsx';
import { useItemKeys } from '../use-item-keys.ts';
import { useTerminal } from '../use-terminal.ts';
import { ReviewPage } from './review-page.tsx';

/** The open section: one item at a time, the grid beside it, the review at the end. */
export function ItemsPage({ view, open }: { readonly view: AttemptView; readonly open: OpenSection }) {
  const { state } = useTerminal();
  const states = itemStates(open.items, state.facts, state.outbox);
  const [index, setIndex] = useState(() =>
    Math.max(
      0,
      states.findIndex((s) => !s.answered),
    ),
  );
  const [reviewing, setReviewing] = useState(false);
  const goTo = (n: number) => {
    setIndex(n);
    setReviewing(false);
  };
  return (
    <div class="desk">
      {reviewing || state.handingIn !== null ? (
        <ReviewPage view={view} open={open} states={states} onItem={goTo} onReturn={() => goTo(index)} />
      ) : (
        <OneItem
          open={open}
          states={states}
          index={index}
          onItem={goTo}
          onReview={() => setReviewing(true)}
        />
      )}
      <ItemGrid
        states={states}
        current={reviewing ? -1 : index}
        onItem={goTo}
        onReview={() => setReviewing(true)}
      />
    </div>
  );
}

interface OneItemProps {
  readonly open: OpenSection;
  readonly states: readonly ItemState[];
  readonly index: number;
  readonly onItem: (n: number) => void;
  readonly onReview: () => void;
}

function OneItem({ open, states, index, onItem, onReview }: OneItemProps) {
  const { terminal, state, say, language } = useTerminal();
  const [fault, setFault] = useState(false);
  const [taken, setTaken] = useState<string | null>(null);
  const item = open.items[index];
  const shown = states[index];
  const itemId = item?.id ?? '';
  const viewed = useRef('');
  useEffect(() => {
    if (itemId === '' || viewed.current === itemId) return;
    viewed.current = itemId;
    terminal.viewItem(itemId);
  }, [itemId, terminal]);
  const next = index + 1 < open.items.length ? () => onItem(index + 1) : onReview;
  const previous = index > 0 ? () => onItem(index - 1) : undefined;
  useItemKeys({
    choose: (n) => {
      const option = item?.options[n];
      if (option !== undefined && option.value !== shown?.value) terminal.submitAnswer(itemId, option.value);
      return option !== undefined;
    },
    next,
    previous,
  });
  if (item === undefined || shown === undefined) return null;
  const refusal = state.refused.get(itemId);
  const outlived = open.items.flatMap((each, n) => (state.outlived.includes(each.id) ? [n + 1] : []));
  return (
    <div class="work">
      {outlived.length === 0 ? null : (
        <div class="note is-bad">
          <Icon name="warn" />
          <p>{say('items.outlived', { list: outlived.join(', ') })}</p>
        </div>
      )}
      <ItemForm
        item={item}
        number={say('items.number', { n: index + 1, count: open.items.length })}
        title={say('items.question', { n: index + 1 })}
        value={shown.value}
        language={language}
        onChoose={(value) => terminal.submitAnswer(itemId, value)}
      />
      <SaveLine shown={shown} refusal={refusal} />
      <ProblemBox />
      <div class="acts">
        <button type="button" class="secondary" aria-disabled={previous === undefined} onClick={previous}>
          {say('app.back')}
        </button>
        <button type="button" onClick={next}>
          {next === onReview ? say('items.review') : say('items.next')}
        </button>
      </div>
      <div class="tools">
        <button
          type="button"
          class="tool"
          aria-pressed={shown.flagged}
          onClick={() => terminal.flagItem(itemId, !shown.flagged)}
        >
          <Icon name="flag" />
          {shown.flagged ? say('items.flagged') : say('items.flag')}
        </button>
        <button
          type="button"
          class="tool"
          aria-disabled={!shown.answered}
          onClick={() => (shown.answered ? terminal.submitAnswer(itemId, null) : undefined)}
        >
          {say('items.clear')}
        </button>
        <button type="button" class="tool" onClick={() => setFault(true)}>
          {say('items.fault')}
        </button>
      </div>
      <p class="state-line" role="status">
        {taken === itemId ? say('fault.taken') : ''}
      </p>
      {fault ? (
        <FaultDialog
          number={index + 1}
          onClose={(text) => {
            setFault(false);
            if (text === null) return;
            terminal.reportFault(itemId, text);
            setTaken(itemId);
          }}
        />
      ) : null}
    </div>
  );
}

const saveIcons = { none: null, storing: 'wait', stored: 'check', unsent: 'cloud' } as const;

/** Always there and always as high: what is true of the answer on screen. */
function SaveLine({
  shown,
  refusal,
}: {
  readonly shown: ItemState;
  readonly refusal: RefusalCode | undefined;
}) {
  const { say, language } = useTerminal();
  if (refusal !== undefined && shown.save !== 'storing' && shown.save !== 'unsent') {
    return (
      <p class="save-line is-refused" role="status">
        <Icon name="warn" />
        <span>
          {say('save.refused')} {errorWords(refusal, language)}
        </span>
      </p>
    );
  }
  const icon = saveIcons[shown.save];
  const key = shown.save === 'stored' && !shown.answered ? 'save.cleared' : (`save.${shown.save}` as const);
  return (
    // "Storing" lasts a moment: it is shown, but not read aloud.
    <p
      class={`save-line is-${shown.save}`}
      role="status"
      aria-live={shown.save === 'storing' || shown.save === 'none' ? 'off' : 'polite'}
    >
      {icon === null ? null : <Icon name={icon} />}
      <span>{say(key)}</span>
    </p>
  );
}
