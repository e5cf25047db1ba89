/**
 * The only way from bytes to a bank or programme: size, encoding, JSON, shape. What a shape cannot say (keys among options,
 * languages complete…) is said by check-bank.ts and check-programme.ts. No files are opened here: bytes in, value or problems out.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import canonicalize from 'canonicalize';
import { explainShapeError } from './explain-shape-error.ts';
import { readJson } from './read-json.ts';
import { Bank, Programme, type Problem } from './schema.ts';

interface Refused {
  readonly ok: false;
  /** never empty; in the order of the file where there is one */
  readonly problems: Problem[];
}
interface BankLoaded {
  readonly ok: true;
  readonly bank: Bank;
  /** canonical JSON (RFC 8785): the text whose SHA-256 names this version */
  readonly canonical: string;
}
interface ProgrammeLoaded {
  readonly ok: true;
  readonly programme: Programme;
  /** canonical JSON (RFC 8785): the text whose SHA-256 names this version */
  readonly canonical: string;
}
export type LoadedBank = BankLoaded | Refused;
export type LoadedProgramme = ProgrammeLoaded | Refused;
export type LoadedAuthored =
  (BankLoaded & { readonly kind: 'bank' }) | (ProgrammeLoaded & { readonly kind: 'programme' }) | Refused;

/** Above this, a file is not a bank with faults but something else. */
const maxShapeProblems = 1000;

/** Compiled at first use, once a process: a CLI that checks a programme need not pay for banks. */
const compileOnce = <T>(schema: object) => {
  let compiled: ValidateFunction<T> | undefined;
  return (): ValidateFunction<T> =>
    (compiled ??= new Ajv2020({
      strict: true,
      allErrors: true,
      discriminator: true,
      verbose: true,
    }).compile<T>(schema));
};
const bankShape = compileOnce<Bank>(Bank);
const programmeShape = compileOnce<Programme>(Programme);

const refused = (validate: ValidateFunction): Refused => {
  const errors = validate.errors ?? [];
  const problems = errors.slice(0, maxShapeProblems).map(explainShapeError);
  if (errors.length > maxShapeProblems)
    problems.push({
      path: '',
      rule: 'shape',
      params: { more: errors.length - maxShapeProblems },
      text: `and ${errors.length - maxShapeProblems} more problems of shape`,
    });
  return { ok: false, problems };
};

const canonicalOf = (value: object): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('an object has no canonical form');
  return text;
};

const asBank = (value: unknown): LoadedBank => {
  const validate = bankShape();
  return validate(value) ? { ok: true, bank: value, canonical: canonicalOf(value) } : refused(validate);
};

const asProgramme = (value: unknown): LoadedProgramme => {
  const validate = programmeShape();
  return validate(value) ? { ok: true, programme: value, canonical: canonicalOf(value) } : refused(validate);
};

/**
 * A bank from its file.
 * @param bytes UTF-8 JSON, at most 5 MB, 2,000 items, 32 levels
 * @returns the bank and its canonical JSON, or all faults of the first stage that has any; never throws on bad input.
 *   A loaded bank has the right shape only: run `checkBank` before it is used.
 */
export const loadBank = (bytes: Uint8Array): LoadedBank => {
  const read = readJson(bytes);
  return read.ok ? asBank(read.value) : read;
};

/** A programme from its file; as `loadBank`. Run `checkProgramme` before it is used. */
export const loadProgramme = (bytes: Uint8Array): LoadedProgramme => {
  const read = readJson(bytes);
  return read.ok ? asProgramme(read.value) : read;
};

/** A bank or a programme, whichever the file is: a programme is what has "sections". */
export const loadAuthored = (bytes: Uint8Array): LoadedAuthored => {
  const read = readJson(bytes);
  if (!read.ok) return read;
  if (typeof read.value === 'object' && read.value !== null && Object.hasOwn(read.value, 'sections')) {
    const loaded = asProgramme(read.value);
    return loaded.ok ? { ...loaded, kind: 'programme' } : loaded;
  }
  const loaded = asBank(read.value);
  return loaded.ok ? { ...loaded, kind: 'bank' } : loaded;
};
