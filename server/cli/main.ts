/** The adil command: each subcommand is a file of this folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { findRoot } from '../find-root.ts';
import { checkBankFiles } from './check-banks.ts';
import { runDrill } from './drill/run-drill.ts';
import { verifyFiles } from './verify.ts';

const read = async (file: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
};
const print = (line: string): void => console.log(line);
const exit = (code: number): void => {
  process.exitCode = code;
};

const adil = new Command('adil')
  .description('Attestation and testing platform: banks, verification, rehearsal')
  .showHelpAfterError();

const bank = adil.command('bank').description('question banks and programmes');
bank
  .command('check')
  .description('prints path: rule: message for every problem and exits 1; ok and exit 0 when clean')
  .argument('<files...>', 'JSON files of banks or programmes')
  .action(async (files: string[]) => exit(await checkBankFiles(files, read, print)));

adil
  .command('verify')
  .description('checks an open dossier or an audit file; recomputes the scores of an audit file')
  .argument('<files...>', 'files to check; checkpoint files among them witness for the others')
  .option(
    '--trust <keys>',
    'the organisation’s register of public keys; without it the signer is not verified and the exit code is 2',
  )
  .action(async (files: string[], options: { trust?: string }) =>
    exit(await verifyFiles(files, options, read, print)),
  );

const count =
  (least: number, most: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!Number.isInteger(n) || n < least || n > most)
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
    return n;
  };

adil
  .command('drill')
  .description(
    'rehearses an exam day on this machine: its own server, simulated employees, the server killed under load',
  )
  .option('--terminals <n>', 'simulated employees', count(1, 1000), 50)
  .option('--seconds <n>', 'how long they answer', count(1, 3000), 20)
  .option('--kill <n>', 'how often the server is killed', count(0, 100), 3)
  .option('--seed <n>', 'the same seed gives the same people and kills', count(0, 1_000_000_000), 1)
  .option('--json', 'one line of JSON instead of the readiness act', false)
  .action(
    async (options: { terminals: number; seconds: number; kill: number; seed: number; json: boolean }) => {
      const root = findRoot();
      const built = (...path: string[]): string => join(root, 'dist', 'server', ...path);
      exit(
        await runDrill(
          {
            ...options,
            serverEntry: built('main.js'),
            embeddedEntry: built('store', 'embedded', 'worker.js'),
            questionBanks: join(root, 'question-banks'),
            execPath: process.execPath,
          },
          print,
        ),
      );
    },
  );

await adil.parseAsync();
