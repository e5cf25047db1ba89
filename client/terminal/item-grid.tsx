import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icons.tsx';
import type { ItemState } from './grid-state.ts';
import { useTerminal } from './use-terminal.ts';

interface Props {
  readonly states: readonly ItemState[];
  /** index of the item on screen, -1 for none */
  readonly current: number;
  readonly onItem: (n: number) => void;
  readonly onReview: () => void;
}

/** All items by number; what is true of each is told by shape and words, never by colour alone. */
export function ItemGrid({ states, current, onItem, onReview }: Props) {
  const { say } = useTerminal();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const box = list.current;
    const cell = box?.querySelector('[aria-current]');
    if (!box || !(cell instanceof HTMLElement)) return;
    // Moves the list only, never the page.
    const top = cell.offsetTop - box.offsetTop;
    if (top < box.scrollTop || top + cell.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top - box.clientHeight / 2;
  }, [current]);
  return (
    <nav class="grid-panel" aria-label={say('grid.title')}>
      <h2>{say('grid.title')}</h2>
      <ol class="grid" ref={list}>
        {states.map((state, n) => (
          <li key={state.itemId}>
            <GridCell state={state} n={n} current={n === current} onItem={onItem} />
          </li>
        ))}
      </ol>
      <ul class="legend" aria-hidden="true">
        <li>
          <span class="swatch is-answered">
            <Icon name="check" />
          </span>
          {say('grid.answered')}
        </li>
        <li>
          <span class="swatch is-flagged">
            <Icon name="flag" />
          </span>
          {say('grid.flagged')}
        </li>
        <li>
          <span class="swatch is-unsent">
            <Icon name="cloud" />
          </span>
          {say('grid.not-stored')}
        </li>
      </ul>
      <button type="button" class="secondary" onClick={onReview}>
        {say('grid.review')}
      </button>
    </nav>
  );
}

export function GridCell({
  state,
  n,
  current,
  onItem,
}: {
  readonly state: ItemState;
  readonly n: number;
  readonly current: boolean;
  readonly onItem: (n: number) => void;
}) {
  const { say } = useTerminal();
  const pending = state.save === 'storing' || state.save === 'unsent';
  const words = [
    say('items.question', { n: n + 1 }),
    say(state.answered ? 'grid.answered' : 'grid.unanswered'),
    ...(state.flagged ? [say('grid.flagged')] : []),
    ...(state.save === 'unsent' ? [say('grid.not-stored')] : []),
  ];
  const marks = [
    'cell',
    state.answered ? 'is-answered' : '',
    state.flagged ? 'is-flagged' : '',
    pending ? 'is-pending' : '',
    state.save === 'unsent' ? 'is-unsent' : '',
  ];
  return (
    <button
      type="button"
      class={marks.filter(Boolean).join(' ')}
      aria-current={current ? 'step' : undefined}
      aria-label={words.join(', ')}
      onClick={() => onItem(n)}
    >
      <span class="cell-number">{n + 1}</span>
      {state.save === 'unsent' ? <Icon name="cloud" /> : state.answered ? <Icon name="check" /> : null}
      {state.flagged ? (
        <span class="cell-flag">
          <Icon name="flag" />
        </span>
      ) : null}
    </button>
  );
}
