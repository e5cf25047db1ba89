import { useLayoutEffect, useRef } from 'preact/hooks';
import { languages } from '../../shared/languages.ts';
import { useTerminal } from '../use-terminal.ts';

const titles = { kk: 'Тілді таңдаңыз', ru: 'Выберите язык', en: 'Choose a language' } as const;

/** The first page of a terminal: everything in all three languages, because none is chosen yet. */
export function LanguagePage() {
  const { terminal } = useTerminal();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    document.title = `${titles.kk} · ${titles.ru} · ${titles.en}`;
  }, []);
  return (
    <div class="sheet language-page">
      <h1 tabIndex={-1} ref={heading}>
        {languages.map(({ code }) => (
          <span key={code} lang={code}>
            {titles[code]}
          </span>
        ))}
      </h1>
      <div class="language-buttons">
        {languages.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            class="huge"
            lang={code}
            onClick={() => terminal.chooseLanguage(code)}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
