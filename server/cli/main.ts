/** The adil command: each subcommand is a file of this folder. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { checkBankFiles } from './check-banks.ts';
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

const adil = new Command('adil').description('Attestation and testing platform: banks, verification, rehearsal').showHelpAfterError();

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
  .option('--trust <keys>', 'the organisation’s register of public keys; without it the signer is not verified and the exit code is 2')
  .action(async (files: string[], options: { trust?: string }) => exit(await verifyFiles(files, options, read, print)));

await adil.parseAsync();
