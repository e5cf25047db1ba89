import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { LanguageCode, ShownItem, Value } from '../../server/wire/contract.ts';
import { pickText } from '../shared/languages.ts';
import { LocalText } from '../shared/local-text.tsx';
import { optionId } from './use-item-keys.ts';
import { plainText, useTerminal } from './use-terminal.ts';

interface Props {
  readonly item: ShownItem;
  /** "Question 3 of 55" */
  readonly number: string;
  readonly title: string;
  readonly value: Value;
  readonly language: LanguageCode;
  readonly onChoose: (value: Value) => void;
}

/** One item: the question as heading of a group of native radios. Each new item takes the focus. */
export function ItemForm({ item, number, title, value, language, onChoose }: Props) {
  const { say, state } = useTerminal();
  const heading = useRef<HTMLHeadingElement>(null);
  const programme = state.view === null ? '' : plainText(state.view.programme.title, language);
  useEffect(() => {
    document.title = `${title} – ${programme}`;
  }, [title, programme]);
  // As in PageTitle: before the browser paints.
  useLayoutEffect(() => {
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, [item.id]);
  return (
    <fieldset class="item" key={item.id}>
      <legend>
        <h1 tabIndex={-1} ref={heading} class="stem">
          <span class="over-title">{number}</span>
          <LocalText text={item.stem} language={language} />
        </h1>
      </legend>
      {pickText(item.stem, language).lang === language ? null : (
        <p class="quiet">{say('items.other-language')}</p>
      )}
      <div class={item.kind === 'likert' ? 'options is-likert' : 'options'}>
        {item.options.map((option, n) => (
          <label key={option.id} class="option">
            <input
              type="radio"
              id={optionId(n)}
              name={`item-${item.id}`}
              value={option.id}
              checked={value === option.value}
              onChange={() => onChoose(option.value)}
            />
            <span class="key" aria-hidden="true">
              {n < 9 ? n + 1 : ''}
            </span>
            <span class="option-text">
              <LocalText text={option.text} language={language} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
