/**
 * Which page the attempt is at: read from the server's view, so that a reload, a crash or a transfer lands on the same page. Only
 * "Is this you?" is asked again after each loading of the page, until the notice is accepted.
 */
import type { AttemptView } from '../../server/wire/contract.ts';

export type Page =
  'identity' | 'notice' | 'waiting' | 'section' | 'items' | 'paused' | 'end' | 'declined' | 'stopped';

export function choosePage(view: AttemptView, confirmed: boolean): Page {
  switch (view.status) {
    case 'invited':
    case 'checked-in':
      return confirmed ? 'notice' : 'identity';
    case 'waiting':
    case 'running':
      if (view.open !== null) return 'items';
      return view.programme.admission === 'operator' && !view.admitted ? 'waiting' : 'section';
    case 'paused':
      return 'paused';
    case 'handed-in':
    case 'timed-out':
      return 'end';
    case 'stopped':
      return 'stopped';
    case 'declined':
      return 'declined';
  }
}
