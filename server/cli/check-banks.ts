import { dirname, join } from 'node:path';
import type { Bank, Problem, Programme } from '../../question-banks/schema.ts';
import { checkBank } from '../../question-banks/check-bank.ts';
import { checkProgramme } from '../../question-banks/check-programme.ts';
import { loadAuthored } from '../../question-banks/load.ts';
import { publicationKey, type PublicationKey } from '../../question-banks/publication-key.ts';

/** Bytes of a file, or undefined when there is none or it cannot be read. */
export type ReadBytes = (file: string) => Promise<Uint8Array | undefined>;

/** No line breaks, terminal escapes or direction marks from a file's own words. */
const printable = (line: string): string =>
  line.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

interface Checked {
  readonly file: string;
  readonly problems: readonly Problem[];
  readonly bank?: Bank;
  readonly programme?: Programme;
}

const checkFile = async (file: string, read: ReadBytes): Promise<Checked> => {
  const bytes = await read(file);
  if (bytes === undefined)
    return {
      file,
      problems: [
        {
          path: '',
          rule: 'file-readable',
          params: {},
          text: 'the file is not there or cannot be read; correct the name',
        },
      ],
    };
  const loaded = loadAuthored(bytes);
  if (!loaded.ok) return { file, problems: loaded.problems };
  if (loaded.kind === 'programme') return { file, problems: [], programme: loaded.programme };
  return { file, problems: checkBank(loaded.bank), bank: loaded.bank };
};

/** Banks of the programme that were not named on the command line: in the folder of the register, `../../banks/ID/VERSION.json`. */
const findBanks = async (
  programmeFile: string,
  programme: Programme,
  known: Map<PublicationKey, Bank>,
  read: ReadBytes,
): Promise<void> => {
  for (const { bank } of programme.sections) {
    const key = publicationKey(bank);
    if (known.has(key)) continue;
    const { bank: found, problems } = await checkFile(
      join(dirname(programmeFile), '../../banks', bank.id, `${bank.version}.json`),
      read,
    );
    if (found !== undefined && problems.length === 0 && publicationKey(found) === key) known.set(key, found);
  }
};

/**
 * `adil bank check FILE…`: prints every problem of every file, one a line, as `path: rule: message`, and with several files as
 * `FILE: path: rule: message`; the path is a JSON pointer, `(file)` for the whole file. Prints `ok` when there is none. A file with
 * "sections" is a programme; its banks are taken from the files named and from the folder of the register beside it.
 * @returns exit code: 0 when all files are clean, 1 otherwise
 */
export const checkBankFiles = async (
  files: readonly string[],
  read: ReadBytes,
  print: (line: string) => void,
): Promise<0 | 1> => {
  const checked: Checked[] = [];
  const banks = new Map<PublicationKey, Bank>();
  for (const file of files) {
    const one = await checkFile(file, read);
    checked.push(one);
    if (one.bank !== undefined && one.problems.length === 0) banks.set(publicationKey(one.bank), one.bank);
  }
  let clean = files.length > 0;
  if (!clean) print('name at least one file');
  for (const { file, problems, programme } of checked) {
    if (programme !== undefined) await findBanks(file, programme, banks, read);
    for (const problem of programme === undefined ? problems : checkProgramme(programme, banks)) {
      clean = false;
      const line = `${problem.path === '' ? '(file)' : problem.path}: ${problem.rule}: ${problem.text}`;
      print(printable(files.length > 1 ? `${file}: ${line}` : line));
    }
  }
  if (clean) print('ok');
  return clean ? 0 : 1;
};
