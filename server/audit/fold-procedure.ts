import type { Language } from '../../question-banks/schema.ts';
import type { ChainEntry } from './chain.ts';
import type { HowClosed } from '../delivery/bodies.ts';
import { BadBody, readBody } from './journal-bodies.ts';

/** How one section went, from the journal alone. Times are of the server's steady clock. */
export interface SectionCourse {
  readonly section: string;
  readonly language: Language;
  readonly startedAt: number;
  /** with extra time, before anything was given back */
  readonly limitMs: number;
  /** stood still or given back: pauses, extensions, outages */
  readonly addedMs: number;
  readonly closedAt: number | null;
  readonly how: HowClosed | null;
}

type CourseEntry = Pick<ChainEntry, 'n' | 'kind' | 'at' | 'salt' | 'body'>;

/**
 * The course of the sections in the order in which they were started. Reads procedural entries only, so it works on an open dossier too.
 * @throws BadBody when an entry does not fit: a section closed that is not open, a second one started, time given back to no section
 */
export function foldProcedure(entries: readonly CourseEntry[]): SectionCourse[] {
  const courses: SectionCourse[] = [];
  let open: SectionCourse | null = null;
  let pausedAt: number | null = null;

  const add = (ms: number): void => {
    if (open !== null) open = { ...open, addedMs: open.addedMs + ms };
  };

  for (const entry of entries) {
    switch (entry.kind) {
      case 'started': {
        if (open !== null) throw new BadBody(entry.n, 'a section is started while another is open');
        const { section, language, limitMs } = readBody('started', entry);
        if (courses.some((course) => course.section === section))
          throw new BadBody(entry.n, `section ${section} is started twice`);
        open = { section, language, startedAt: entry.at, limitMs, addedMs: 0, closedAt: null, how: null };
        break;
      }
      case 'paused':
        pausedAt = entry.at;
        break;
      case 'resumed':
        if (pausedAt === null) throw new BadBody(entry.n, 'resumed without a pause');
        add(entry.at - pausedAt);
        pausedAt = null;
        break;
      case 'extended':
        add(readBody('extended', entry).ms);
        break;
      case 'incident':
        add(readBody('incident', entry).creditMs);
        break;
      case 'closed': {
        const { section, how } = readBody('closed', entry);
        if (open?.section !== section)
          throw new BadBody(entry.n, `section ${section} is closed but not open`);
        courses.push({ ...open, closedAt: entry.at, how });
        open = null;
        break;
      }
      default:
        break;
    }
  }
  if (open !== null) courses.push(open);
  return courses;
}
