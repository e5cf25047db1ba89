/** Everything the pages of the terminal show. */
import type { AttemptView, LanguageCode } from '../../server/wire/contract.ts';
import type { RefusalCode } from '../shared/refusal-code.ts';
import type { LinkState } from '../shared/open-link.ts';
import type { Clock } from './clock.ts';
import { noFacts, type Facts } from './grid-state.ts';
import { emptyOutbox, type OutboxState } from './outbox-state.ts';

export interface Problem {
  readonly code: RefusalCode | 'NO_REPLY';
  readonly errorId?: string;
}

/** A section that has just ended, told once before the next page. */
export interface ClosedSection {
  readonly section: string;
  readonly by: 'time' | 'person';
  readonly stored: number;
  readonly items: number;
}

export interface TerminalState {
  readonly phase: 'starting' | 'signed-out' | 'attached' | 'superseded';
  /** null until chosen on this terminal */
  readonly language: LanguageCode | null;
  readonly link: LinkState;
  readonly view: AttemptView | null;
  /** the person has said "yes, this is me" since this page was loaded */
  readonly confirmed: boolean;
  readonly facts: Facts;
  readonly outbox: OutboxState;
  readonly clock: Clock | null;
  /** items whose last answer was refused, and why */
  readonly refused: ReadonlyMap<string, RefusalCode>;
  /** items whose undelivered answer was left out after another terminal had the attempt */
  readonly outlived: readonly string[];
  /** an act of the person is on its way */
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** the section to be handed in as soon as its answers are stored */
  readonly handingIn: string | null;
  readonly closed: ClosedSection | null;
}

export function firstState(language: LanguageCode | null): TerminalState {
  return {
    phase: 'starting',
    language,
    link: 'stopped',
    view: null,
    confirmed: false,
    facts: noFacts,
    outbox: emptyOutbox,
    clock: null,
    refused: new Map(),
    outlived: [],
    busy: false,
    problem: null,
    handingIn: null,
    closed: null,
  };
}

export const endedStatuses: ReadonlySet<AttemptView['status']> = new Set([
  'handed-in',
  'timed-out',
  'stopped',
  'declined',
]);
