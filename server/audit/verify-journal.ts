/** What the journal of a file says, and whether the rest of the file agrees with it. */
import { asJson } from './as-json.ts';
import { linkHash, commit, genesisHash, type Json } from './chain.ts';
import { firstDifference } from './compare-json.ts';
import { incidentKinds, openKinds, type LineOf } from './dossier-lines.ts';
import { foldProcedure } from './fold-procedure.ts';
import { isEntryKind, readBody } from './journal-bodies.ts';
import type { DossierFile, FileProblem, Placed } from './read-dossier.ts';

type Entry = Placed<LineOf<'journal-entry'>>;

const describe = (expected: Json, found: Json): string => {
  const difference = firstDifference(expected, found);
  return difference === null
    ? ''
    : `${difference.path || 'the whole'}: expected ${difference.expected}, found ${difference.found}`;
};

/** Order, links, hashes, commitments and times; the first break of each sort is enough, later ones follow from it. */
function checkChain(file: DossierFile): FileProblem[] {
  const entries = file.parts['journal-entry'];
  let prev = genesisHash('attempt', file.header.attemptId);
  let n = 0;
  let at = 0;
  for (const { line, value: e } of entries) {
    n += 1;
    const fault =
      e.n !== n
        ? `entry ${n} is missing`
        : e.of !== file.header.attemptId
          ? 'the entry belongs to another attempt'
          : e.prevHash !== prev
            ? 'the entry does not follow the one before it'
            : e.at < at
              ? 'the entry is older than the one before it'
              : e.salt === null && e.body !== null
                ? 'a body without salt cannot be checked'
                : e.salt !== null && commit(e.salt, e.body) !== e.commitment
                  ? 'what the entry says is not what was committed to'
                  : linkHash(e) !== e.hash
                    ? 'the hash is not that of the entry'
                    : null;
    if (fault !== null) return [{ line, what: `journal: entry ${e.n} (${e.kind}): ${fault}` }];
    prev = e.hash;
    at = e.at;
  }
  return n === 0 ? [{ line: 0, what: 'journal: there are no entries' }] : [];
}

function checkBodies(file: DossierFile): FileProblem[] {
  const open = file.format === 'adil-open-dossier-1';
  return file.parts['journal-entry'].flatMap(({ line, value: e }): FileProblem[] => {
    const here = `journal: entry ${e.n} (${e.kind})`;
    if (e.salt === null) {
      const expected = (!open || openKinds.has(e.kind)) && file.header.purged === null;
      return expected ? [{ line, what: `${here}: the body is missing, and the file names no purge` }] : [];
    }
    if (open && !openKinds.has(e.kind))
      return [{ line, what: `${here}: the body does not belong into an open dossier` }];
    if (!isEntryKind(e.kind)) return [];
    return failure(line, () => (isEntryKind(e.kind) ? readBody(e.kind, e) : null));
  });
}

/** Turns what a check throws into a problem of that line. */
function failure(line: number, check: () => unknown): FileProblem[] {
  try {
    check();
    return [];
  } catch (e) {
    return [{ line, what: `journal: ${e instanceof Error ? e.message : 'cannot be read'}` }];
  }
}

const refKey = ({ id, version, sha256 }: { id: string; version: string; sha256: string }): string =>
  `${id}@${version} ${sha256}`;
const sorted = (refs: readonly { id: string; version: string; sha256: string }[]): string[] =>
  refs.map(refKey).sort();

/** The first entry froze form, programme and banks; header and form must name the same. */
function checkIssue(file: DossierFile, first: Entry): FileProblem[] {
  const { header } = file;
  if (first.value.kind !== 'issued')
    return [{ line: first.line, what: 'journal: the first entry is not of kind issued' }];
  if (first.value.salt === null) return [];
  const issued = readBody('issued', first.value);
  const found = {
    form: header.form.sha256,
    programme: refKey(header.programme),
    banks: sorted(header.banks),
    issuedAt: header.issuedAt,
  };
  const expected = {
    form: issued.formSha256,
    programme: refKey(issued.programme),
    banks: sorted([...issued.banks]),
    issuedAt: first.value.at,
  };
  const what = describe(expected, found);
  return what === '' ? [] : [{ line: 1, what: `header: is not what was issued: ${what}` }];
}

function checkEnd(file: DossierFile, last: Entry): FileProblem[] {
  const { header, seal } = file;
  const problems: FileProblem[] = [];
  const end = file.parts['journal-entry'].filter(
    ({ value: e }) => e.kind === 'ended' || e.kind === 'declined',
  );
  const final = end.at(-1);
  if (final === undefined) {
    if (header.endedAt !== null)
      problems.push({ line: 1, what: 'header: names an end that the journal does not know' });
  } else if (final.value.salt !== null) {
    const status = final.value.kind === 'declined' ? 'declined' : readBody('ended', final.value).how;
    const what = describe(
      { endedAt: final.value.at, status },
      { endedAt: header.endedAt, status: header.status },
    );
    if (what !== '') problems.push({ line: 1, what: `header: the end is not that of the journal: ${what}` });
    if (end.length > 1) problems.push({ line: final.line, what: 'journal: the attempt ends twice' });
  }
  if (seal.value.at < last.value.at)
    problems.push({ line: seal.line, what: 'seal: is older than the last entry of the journal' });
  return problems;
}

/** Procedure and incidents are a reading aid: they must be what the journal says. */
function checkDerived(file: DossierFile): FileProblem[] {
  const entries = file.parts['journal-entry'].map((placed) => placed.value);
  const problems: FileProblem[] = [];
  const course = describe(asJson(foldProcedure(entries)), asJson(file.procedure.value.sections));
  if (course !== '')
    problems.push({ line: file.procedure.line, what: `procedure: is not what the journal says: ${course}` });
  const told = entries
    .filter((e) => incidentKinds.has(e.kind))
    .map(({ n, kind, at, body }) => ({ n, kind, at, body, part: 'incident' }));
  const found = file.parts.incident.map((placed) => placed.value);
  const what = describe(asJson(told), asJson(found));
  if (what !== '')
    problems.push({
      line: file.parts.incident[0]?.line ?? 0,
      what: `incident: is not what the journal says: ${what}`,
    });
  return problems;
}

export function checkJournal(file: DossierFile): FileProblem[] {
  const broken = checkChain(file);
  if (broken.length > 0) return broken;
  const unreadable = checkBodies(file);
  if (unreadable.length > 0) return unreadable;
  const entries = file.parts['journal-entry'];
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    ...checkIssue(file, first),
    ...checkEnd(file, last),
    ...failure(file.procedure.line, () => foldProcedure(entries.map(({ value }) => value))),
  ].concat(file.header.purged === null ? safely(() => checkDerived(file)) : []);
}

/** A fold that cannot be made was reported already. */
function safely(check: () => FileProblem[]): FileProblem[] {
  try {
    return check();
  } catch {
    return [];
  }
}
