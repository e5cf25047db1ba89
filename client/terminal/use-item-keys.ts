import { useLayoutEffect, useRef } from 'preact/hooks';
import { readDigitKey } from '../shared/read-digit-key.ts';

export interface ItemKeys {
  /** chooses the n-th option, counted from 0; false when there is none */
  readonly choose: (n: number) => boolean;
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
}

/** An element that needs digits, arrows or Enter itself. */
function keepsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('textarea, select, dialog, input:not([type="radio"])') !== null) return true;
  return key === 'Enter' && target.closest('button, a, summary') !== null;
}

/** The id of the n-th option's radio on the page of one item. */
export function optionId(n: number): string {
  return `option-${n}`;
}

/** Digits choose, Enter and → go on, ← goes back. Up and down stay with the browser's radio group. */
export function useItemKeys(keys: ItemKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Before the browser paints: a key pressed as soon as the item is seen counts.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        keepsKeys(event.target, event.key)
      )
        return;
      const digit = readDigitKey(event);
      if (digit !== null && digit > 0 && latest.current.choose(digit - 1)) {
        event.preventDefault();
        document.getElementById(optionId(digit - 1))?.focus();
        return;
      }
      const act =
        event.key === 'ArrowRight' || event.key === 'Enter'
          ? latest.current.next
          : event.key === 'ArrowLeft'
            ? latest.current.previous
            : undefined;
      const ours = event.key === 'ArrowRight' || event.key === 'ArrowLeft' || event.key === 'Enter';
      if (!ours) return;
      // Also without a neighbour: the browser would move the choice with → and ←.
      event.preventDefault();
      if (!event.repeat) act?.();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
