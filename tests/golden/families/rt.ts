import { mean } from '../../../scoring/statistics/basics/mean.ts';
import { answered, column } from '../../../scoring/statistics/rows.ts';
import { type GoNoGo, measureGoNoGo } from '../../../scoring/statistics/time/go-no-go.ts';
import { itemMeanTimes, normativeThreshold } from '../../../scoring/statistics/time/normative-threshold.ts';
import { inverseEfficiency, personTimes } from '../../../scoring/statistics/time/person-times.ts';
import { responseTimeEffort } from '../../../scoring/statistics/time/response-time-effort.ts';
import { digit, firstOf, rowsWhere, stated, words } from '../conventions.ts';
import type { Compute, Family } from '../family.ts';
import type { Case, Check } from '../read-case.ts';
import { open, openRows } from '../read-table.ts';

/** Columns t1, t2… are times in seconds, x1, x2… marks. */
const columnsOf = (one: Case, letter: string): string[] =>
  one.table('x').columns.filter((name) => new RegExp(`^${letter}\\d+$`).test(name));
const times = (one: Case): (number | null)[][] => openRows(one.table('x'), columnsOf(one, 't'));
const marks = (one: Case): (number | null)[][] => openRows(one.table('x'), columnsOf(one, 'x'));

/** "min(10 s, 10 % of the item's mean time)". */
function thresholds(one: Case, check: Check): number[] {
  const said = words(one, check);
  const longest = stated(said, /min\((\d+(?:\.\d+)?) ?s/, 10);
  const share = stated(said, /(\d+(?:\.\d+)?) ?% of the item/, 10) / 100;
  return itemMeanTimes(times(one)).map((value) => normativeThreshold(value ?? NaN, share, longest));
}

const effort = (one: Case, limits: readonly number[]): (number | null)[] =>
  times(one).map((row) => responseTimeEffort(row, limits));

function perPerson(one: Case, check: Check): Record<string, (number | null | undefined)[]> {
  const cuts = {
    share: stated(check.how, /trim=(\d*\.?\d+)/, 0.1),
    deviations: stated(check.how, /within (\d+(?:\.\d+)?) ?sd/, 2.5),
    floor: stated(check.how, /max\(t, ?(\d*\.?\d+)\)/, 0.5),
  };
  const persons = firstOf(times(one), check).map((row) => personTimes(answered(row), cuts));
  const right = firstOf(marks(one), check).map((row) => mean(row.map((mark) => mark ?? 0)));
  return {
    id: persons.map((_, i) => i + 1),
    median: persons.map((person) => person?.median),
    mean: persons.map((person) => person?.mean),
    sd: persons.map((person) => person?.deviation),
    [`trim${Math.round(100 * cuts.share)}`]: persons.map((person) => person?.trimmedMean),
    meanLog: persons.map((person) => person?.meanLog),
    cv: persons.map((person) => person?.variation),
    [`winsor${Math.round(10 * cuts.deviations)}sd`]: persons.map((person) => person?.meanWithin),
    p: right,
    ies: persons.map((person, i) => inverseEfficiency(person?.mean ?? NaN, right[i] ?? NaN)),
  };
}

/** A table target, response, rt in ms with the limits of the case: "<150 ms", ">2000 ms", "within 2.5 sd". */
function goNoGo(one: Case, check: Check): GoNoGo {
  const table = one.table('x');
  const [targets, responses, reactions] = [open(table, 'target'), open(table, 'response'), open(table, 'rt')];
  const said = words(one, check);
  return measureGoNoGo(
    targets.map((target, i) => ({
      target: target === 1,
      responded: responses[i] === 1,
      timeMs: reactions[i] ?? null,
    })),
    {
      fastestMs: stated(said, /<\s*(\d+(?:\.\d+)?) ?ms/, 150),
      slowestMs: stated(said, />\s*(\d+(?:\.\d+)?) ?ms/, 2000),
      deviations: stated(said, /within (\d+(?:\.\d+)?) ?sd/, 2.5),
    },
  );
}

const ofTask =
  (name: keyof GoNoGo): Compute =>
  (one, check) =>
    goNoGo(one, check)[name];

export const family: Family = {
  checks: {
    itemMeanTime: (one) => itemMeanTimes(times(one)),
    'nt#Threshold': thresholds,
    'rteNT#': (one, check) => effort(one, thresholds(one, check)),
    'rteFixed#s': (one, check) =>
      effort(
        one,
        columnsOf(one, 't').map(() => digit(check)),
      ),
    'flagBelow#': (one, check) =>
      rowsWhere(effort(one, thresholds(one, check)), (value) => value !== null && value < digit(check) / 100),
    'perPersonFirst#': perPerson,
    nMissingTimes: (one) =>
      columnsOf(one, 't').reduce(
        (total, _, item) => total + column(times(one), item).filter((time) => time === null).length,
        0,
      ),
    hits: ofTask('hits'),
    omissions: ofTask('omissions'),
    commissions: ofTask('commissions'),
    correctRejections: ofTask('correctRejections'),
    meanRtHits: ofTask('meanTimeMs'),
    medianRtHits: ofTask('medianTimeMs'),
    nAnticipations: ofTask('anticipations'),
    nLapses: ofTask('lapses'),
    meanRtTrimmed: ofTask('trimmedMeanMs'),
    sdRtTrimmed: ofTask('trimmedDeviationMs'),
    cv: ofTask('variation'),
    ies: ofTask('inverseEfficiencyMs'),
    dPrime: ofTask('dPrime'),
    criterionC: ofTask('criterion'),
  },
};
