import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { runDrill } from '../../server/cli/drill/run-drill.ts';
import type { DrillReport } from '../../server/cli/drill/summarise.ts';
import { buildInstallation, type Installation } from './build-installation.ts';

let built: Installation;
beforeAll(async () => {
  built = await buildInstallation(['tests/faults/early-ack-entry.ts']);
});
afterAll(() => built.remove());

async function drill(
  entry: string,
  o: { terminals: number; seconds: number; kill: number },
): Promise<{ exitCode: number; report: DrillReport }> {
  const lines: string[] = [];
  const exitCode = await runDrill(
    {
      ...o,
      json: true,
      seed: 7,
      serverEntry: join(built.out, entry),
      embeddedEntry: join(built.out, 'server', 'store', 'embedded', 'worker.js'),
      questionBanks: join(built.root, 'question-banks'),
      execPath: process.execPath,
    },
    (line) => lines.push(line),
  );
  expect(lines).toHaveLength(1);
  const report: DrillReport = JSON.parse(lines[0] ?? '');
  return { exitCode, report };
}

describe('the server is killed without warning under load', () => {
  test('nothing acknowledged is lost, nothing is stored twice, the time is given back', async () => {
    const { exitCode, report } = await drill('server/main.js', { terminals: 8, seconds: 4, kill: 2 });
    expect(report).toMatchObject({
      kills: 2,
      lost: 0,
      duplicated: 0,
      unexplained: 0,
      brokenChains: 0,
      refused: 0,
      unsettled: 0,
      notReturned: 0,
    });
    expect(report.ackedByLife.every((acked) => acked > 0)).toBe(true);
    expect(exitCode).toBe(0);
  }, 60_000);

  test('negative control: a server that acknowledges before it has stored is caught', async () => {
    const { exitCode, report } = await drill('tests/faults/early-ack-entry.js', {
      terminals: 8,
      seconds: 3,
      kill: 1,
    });
    expect(report.lost).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
  }, 60_000);
});
