import { useEffect, useRef, useState } from 'preact/hooks';
import { showClock } from '../shared/show-clock.ts';
import { passedThreshold, remainingAt } from './clock.ts';
import { useTerminal } from './use-terminal.ts';

const tickMs = 250;
/** Answers that still wait are sent at once when so little is left. */
const hurryAtMs = 4_000;
/** The server closes after its own grace; if it says nothing for so long, it is asked. */
const askAfterMs = 4_000;
const announcedForMs = 15_000;

export interface ClockFace {
  /** "mm:ss" */
  readonly face: string;
  /** what is told at a threshold and at the end; empty otherwise */
  readonly told: string;
}

/** The running clock of the open section; null when no time runs. */
export function useClock(): ClockFace | null {
  const { terminal, state, say } = useTerminal();
  const { clock, view, link } = state;
  const [tick, setTick] = useState(0);
  const [announced, setAnnounced] = useState<{ threshold: number; at: number } | null>(null);
  const last = useRef<number | null>(null);
  const hurried = useRef(false);
  const askedAt = useRef(0);
  const thresholds = view?.programme.announceAtMs;

  useEffect(() => {
    if (clock === null) return undefined;
    const timer = setInterval(() => setTick((n) => n + 1), tickMs);
    return () => clearInterval(timer);
  }, [clock === null]);

  // Read while drawing: a moment kept from an earlier page would show more time than there is.
  const now = performance.now();
  const remaining = clock === null ? null : remainingAt(clock, now);
  useEffect(() => {
    const before = last.current;
    last.current = remaining;
    if (remaining === null) return;
    const passed = before === null ? null : passedThreshold(before, remaining, thresholds ?? []);
    if (passed !== null) setAnnounced({ threshold: passed, at: now });
    if (remaining > hurryAtMs) hurried.current = false;
    else if (!hurried.current) {
      hurried.current = true;
      terminal.hurry();
    }
    const overdue = clock === null ? 0 : now - clock.latestEnd;
    if (overdue > askAfterMs && now - askedAt.current > askAfterMs && link === 'live') {
      askedAt.current = now;
      terminal.refresh();
    }
  }, [tick]);

  if (remaining === null) return null;
  if (remaining === 0)
    return {
      face: showClock(0),
      told: link === 'live' || link === 'http' ? say('clock.closing') : say('clock.out-of-touch'),
    };
  if (announced === null || now - announced.at > announcedForMs || remaining > announced.threshold)
    return { face: showClock(remaining), told: '' };
  const { threshold } = announced;
  return {
    face: showClock(remaining),
    told:
      threshold >= 60_000
        ? say('clock.minutes-left', { minutes: Math.round(threshold / 60_000) })
        : say('clock.seconds-left', { seconds: Math.round(threshold / 1000) }),
  };
}
