import type { Language } from '../../question-banks/schema.ts';
import type { Incident } from './attempt-report-source.ts';
import { formatDuration, formatTime } from './format-time.ts';
import { formatNumber } from './format-number.ts';
import type { Block } from './report-document.ts';
import { say } from './say.ts';

function tell(incident: Incident, lang: Language): string {
  switch (incident.kind) {
    case 'outage':
      return say(lang, incident.estimated ? 'incident.outage-estimated' : 'incident.outage', {
        lasted: formatDuration(lang, incident.lastedMs),
        uncertainty: formatDuration(lang, incident.uncertaintyMs),
      });
    case 'returned':
      return say(lang, 'incident.returned', { lasted: formatDuration(lang, incident.lastedMs) });
    case 'connection-lost':
      return say(lang, 'incident.connection-lost', { lasted: formatDuration(lang, incident.lastedMs) });
    case 'transferred':
      return say(lang, 'incident.transferred');
    case 'paused':
      return say(lang, 'incident.paused', { lasted: formatDuration(lang, incident.lastedMs) });
    case 'late-answers':
      return say(lang, 'incident.late-answers', { count: formatNumber(lang, incident.count) });
    case 'note':
      return say(lang, 'incident.note', { text: incident.text });
  }
}

function givenBack(incident: Incident, lang: Language): string {
  if (!('givenBackMs' in incident)) return '—';
  return incident.givenBackMs > 0
    ? formatDuration(lang, incident.givenBackMs)
    : say(lang, 'incidents.nothing-given-back');
}

/** What went otherwise than planned and how much time it gave back, in the order it happened; a sentence where nothing did. */
export function viewIncidents(incidents: readonly Incident[], lang: Language, timeZone: string): Block {
  if (incidents.length === 0) return { kind: 'paragraph', text: say(lang, 'incidents.none') };
  return {
    kind: 'table',
    caption: say(lang, 'incidents.caption'),
    columns: [
      { text: say(lang, 'incidents.when'), align: 'start', share: 2.3 },
      { text: say(lang, 'incidents.what'), align: 'start', share: 5 },
      { text: say(lang, 'incidents.given-back'), align: 'end', share: 1.7 },
    ],
    lastIsTotal: false,
    rows: incidents
      .toSorted((a, b) => a.at - b.at)
      .map((i) => [formatTime(lang, i.at, timeZone), tell(i, lang), givenBack(i, lang)]),
  };
}
