import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import texts from '../../templates/texts/monitor.json' with { type: 'json' };
import type { Words } from '../shared/make-words.ts';
import type { Monitor, MonitorState } from './open-monitor.ts';

export type MonitorKey = keyof typeof texts;
export { texts as monitorTexts };

export interface MonitorScene {
  readonly monitor: Monitor;
  readonly state: MonitorState;
  readonly say: Words<MonitorKey>;
  /** performance.now(), renewed every second */
  readonly now: number;
}

export const MonitorContext = createContext<MonitorScene | null>(null);

/** @throws Error outside of the monitor's tree */
export function useMonitor(): MonitorScene {
  const scene = useContext(MonitorContext);
  if (scene === null) throw new Error('no monitor around this page');
  return scene;
}

/** A length of time in its largest whole unit: "12 s", "3 min", "2 h". */
export function sayShortTime(ms: number, say: Words<MonitorKey>): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return say('ago.seconds', { count: seconds });
  if (seconds < 3600) return say('ago.minutes', { count: Math.floor(seconds / 60) });
  return say('ago.hours', { count: Math.floor(seconds / 3600) });
}
