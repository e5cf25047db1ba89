import { useState } from 'preact/hooks';
import type { AttemptView, Value } from '../../../server/wire/contract.ts';
import { Icon } from '../../shared/icons.tsx';
import { languages } from '../../shared/languages.ts';
import { LocalText } from '../../shared/local-text.tsx';
import { ItemForm } from '../item-form.tsx';
import { PageTitle } from '../page-title.tsx';
import { ProblemBox } from '../problem-box.tsx';
import { useItemKeys } from '../use-item-keys.ts';
import { plainText, sayDuration, useTerminal } from '../use-terminal.ts';

type Section = AttemptView['sections'][number];

/** The way into a section: instructions, practice, start. */
export function SectionPage({ view, section }: { readonly view: AttemptView; readonly section: Section }) {
  const [step, setStep] = useState<number | null>(null);
  const item = step === null ? undefined : section.practice[step];
  if (step === null || item === undefined) {
    return <Instructions view={view} section={section} onPractise={() => setStep(0)} />;
  }
  return <Practice key={item.id} section={section} step={step} onStep={setStep} />;
}

function StartButton({
  section,
  secondary = false,
}: {
  readonly section: Section;
  readonly secondary?: boolean;
}) {
  const { terminal, state, say, language } = useTerminal();
  return (
    <button
      type="button"
      class={secondary ? 'secondary' : ''}
      aria-disabled={state.busy}
      onClick={() => (state.busy ? undefined : void terminal.startSection(section.id, language))}
    >
      {state.busy ? say('app.wait') : say('section.start')}
    </button>
  );
}

function Instructions({
  view,
  section,
  onPractise,
}: {
  readonly view: AttemptView;
  readonly section: Section;
  readonly onPractise: () => void;
}) {
  const { state, say, language } = useTerminal();
  const time = sayDuration(section.limitMs, say);
  const name = languages.find(({ code }) => code === language)?.name ?? language;
  const before = state.closed?.by === 'person' ? state.closed : null;
  const handedIn = view.sections.find(({ id }) => id === before?.section);
  return (
    <div class="sheet">
      <PageTitle title={plainText(section.title, language)}>
        <span class="over-title">
          {say('section.number', { n: view.sections.indexOf(section) + 1, count: view.sections.length })}
        </span>
        <LocalText text={section.title} language={language} />
      </PageTitle>
      <ProblemBox />
      {before === null || handedIn === undefined ? null : (
        <div class="note is-good">
          <Icon name="check" />
          <p>
            {say('section.handed-in', {
              title: plainText(handedIn.title, language),
              stored: before.stored,
              items: before.items,
            })}
          </p>
        </div>
      )}
      <dl class="facts">
        <div>
          <dt>{say('section.questions')}</dt>
          <dd>{section.items}</dd>
        </div>
        <div>
          <dt>{say('section.time')}</dt>
          <dd>
            {section.limitMs === section.standardLimitMs
              ? time
              : say('section.extended', { time, standard: sayDuration(section.standardLimitMs, say) })}
          </dd>
        </div>
      </dl>
      <p class="prose">
        <LocalText text={section.instructions} language={language} />
      </p>
      <h2>{say('section.rules')}</h2>
      <ul class="rules">
        <li>{say('section.rule-keys')}</li>
        <li>{say('section.rule-next')}</li>
        <li>{say('section.rule-stored')}</li>
        <li>{say('section.rule-flag')}</li>
        <li>{say('section.rule-time')}</li>
        <li>
          {section.languageSwitch
            ? say('section.rule-language-free')
            : say('section.rule-language-fixed', { language: name })}
        </li>
      </ul>
      <div class="acts">
        {section.practice.length > 0 ? (
          <button type="button" onClick={onPractise}>
            {say('section.practise')}
          </button>
        ) : null}
        <StartButton section={section} secondary={section.practice.length > 0} />
      </div>
    </div>
  );
}

function Practice({
  section,
  step,
  onStep,
}: {
  readonly section: Section;
  readonly step: number;
  readonly onStep: (step: number | null) => void;
}) {
  const { say, language } = useTerminal();
  const [value, setValue] = useState<Value>(null);
  const item = section.practice[step];
  const last = step === section.practice.length - 1;
  const back = () => onStep(step === 0 ? null : step - 1);
  useItemKeys({
    choose: (n) => {
      const option = item?.options[n];
      if (option !== undefined) setValue(option.value);
      return option !== undefined;
    },
    next: last ? undefined : () => onStep(step + 1),
    previous: back,
  });
  if (item === undefined) return null;
  const number = say('practice.number', { n: step + 1, count: section.practice.length });
  return (
    <div class="sheet">
      <p class="note is-plain">{say('practice.text')}</p>
      <ItemForm
        item={item}
        number={number}
        value={value}
        language={language}
        title={number}
        onChoose={setValue}
      />
      <p class="state-line" role="status">
        {value === null ? '' : say('practice.chosen')}
      </p>
      <ProblemBox />
      <div class="acts">
        <button type="button" class="secondary" onClick={back}>
          {say('app.back')}
        </button>
        {last ? (
          <StartButton section={section} />
        ) : (
          <button type="button" onClick={() => onStep(step + 1)}>
            {say('items.next')}
          </button>
        )}
      </div>
    </div>
  );
}
