import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useTerminal, plainText } from './use-terminal.ts';

/** The h1 of a page: takes the focus when the page appears, and names the document. */
export function PageTitle({
  title,
  children,
  focus = true,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly focus?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { state, language } = useTerminal();
  const programme = state.view === null ? 'Adil' : plainText(state.view.programme.title, language);
  useEffect(() => {
    document.title = `${title} – ${programme}`;
  }, [title, programme]);
  // Before the browser paints: the focus is never nowhere, however slow the computer is.
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    if (focus) heading.current?.focus();
  }, [focus]);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children ?? title}
    </h1>
  );
}
