import { isGood, type DrillReport } from './summarise.ts';

const say = (n: number | null, unit: string): string => (n === null ? 'not measured' : `${n} ${unit}`);

/** The report as lines a person reads and may file: what was done, what was found, the conclusion. */
export function readinessAct(r: DrillReport, at: string): string[] {
  return [
    'READINESS ACT',
    `Drill of ${at}, seed ${r.seed}`,
    '',
    `${r.terminals} simulated employees worked for ${r.seconds} s; the server was killed without warning ${r.kills} times and started again.`,
    '',
    `  Acknowledged by the server                 ${r.acked} (in its lives: ${r.ackedByLife.join(', ')})`,
    `  Acknowledged and lost                      ${r.lost}`,
    `  Stored twice                               ${r.duplicated}`,
    `  Stored but sent by nobody                  ${r.unexplained}`,
    `  Journals with a broken chain               ${r.brokenChains}`,
    `  Good messages refused                      ${r.refused}`,
    `  Sent and never acknowledged                ${r.unsettled}`,
    `  Terminals that did not return              ${r.notReturned}`,
    `  Longest restart                            ${say(r.restartMsMax, 'ms')}`,
    `  Largest error of the time given back       ${say(r.unfairMsMax, 'ms')}`,
    `  Acknowledgement, half within / 99 % within ${say(r.p50Ms, 'ms')} / ${say(r.p99Ms, 'ms')}`,
    `  Memory of the server per terminal          ${say(r.rssKbPerTerminal, 'KB')}`,
    '',
    isGood(r)
      ? 'Conclusion: every acknowledged answer is in the journal, once. This machine passed the drill.'
      : 'Conclusion: THE DRILL FAILED. Do not hold an attestation on this machine before the cause is found.',
  ];
}
