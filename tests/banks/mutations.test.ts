import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bank, Problem, Programme } from '../../question-banks/schema.ts';
import { checkBank } from '../../question-banks/check-bank.ts';
import { checkProgramme } from '../../question-banks/check-programme.ts';
import { loadBank, loadProgramme } from '../../question-banks/load.ts';
import { assembleForm } from '../../server/banks/assemble-form.ts';
import {
  bytesOf,
  publishedBanks,
  sha256,
  validBank,
  validBanks,
  validProgramme,
  validQuestionnaire,
} from './valid-bank.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Parent = Json[] | { [name: string]: Json };
interface Place {
  readonly parent: Parent;
  readonly step: string | number;
}

const isParent = (value: Json): value is Parent => typeof value === 'object' && value !== null;
const get = (parent: Parent, step: string | number): Json =>
  (Array.isArray(parent) ? parent[Number(step)] : parent[String(step)]) ?? null;
const set = (parent: Parent, step: string | number, value: Json): void => {
  if (Array.isArray(parent)) parent[Number(step)] = value;
  else
    Object.defineProperty(parent, String(step), {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
};
const places = (value: Json): Place[] => {
  if (!isParent(value)) return [];
  const steps: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => [{ parent: value, step }, ...places(get(value, step))]);
};
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** One change of a tree: the numbers choose the places, the value is what is put in. */
const anyChange = fc.record({
  act: fc.constantFrom('replace', 'remove', 'repeat', 'transplant', 'borrow', 'exchange', 'rename', 'add'),
  place: fc.nat(),
  other: fc.nat(),
  value: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      null,
      '',
      'kk',
      'zzz',
      'questionnaire',
      'likert',
      'operational',
      '{{x}}',
      '2026-02-30',
      0,
      -1,
      1e308,
      true,
      { $ne: 1 },
    ),
  ),
  name: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'key', 'kk', 'items'), fc.string()),
});
type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

const change = (tree: Json, { act, place, other, value, name }: Change): void => {
  const all = places(tree);
  const here = all[place % all.length];
  const there = all[other % all.length];
  if (here === undefined || there === undefined) return;
  const was = get(here.parent, here.step);
  switch (act) {
    case 'replace':
      return set(here.parent, here.step, json(value));
    case 'remove':
      if (Array.isArray(here.parent)) here.parent.splice(Number(here.step), 1);
      else delete here.parent[String(here.step)];
      return;
    case 'repeat':
      if (Array.isArray(here.parent)) here.parent.push(structuredClone(was));
      return;
    case 'transplant':
      return set(here.parent, here.step, structuredClone(get(there.parent, there.step)));
    case 'borrow': {
      const namesakes = all.filter((one) => one.step === here.step);
      const lender = namesakes[other % namesakes.length] ?? there;
      return set(here.parent, here.step, structuredClone(get(lender.parent, lender.step)));
    }
    case 'exchange': {
      const copies = [structuredClone(was), structuredClone(get(there.parent, there.step))];
      set(here.parent, here.step, copies[1] ?? null);
      return set(there.parent, there.step, copies[0] ?? null);
    }
    case 'rename':
      if (Array.isArray(here.parent)) return;
      delete here.parent[String(here.step)];
      return set(here.parent, name, was);
    case 'add':
      if (!Array.isArray(here.parent)) set(here.parent, name, json(value));
  }
};

/** What a published bank promises to the rest of the system, said again without the rules. */
const expectSound = (bank: Bank): void => {
  const items = [...bank.practice, ...bank.items];
  expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
  const declared = Object.keys(bank.languages);
  for (const item of items) {
    expect(Object.keys(item.stem)).toEqual(expect.arrayContaining(declared));
    if (item.kind === 'single-choice') {
      expect(bank.kind).not.toBe('questionnaire');
      expect(item.options.filter((option) => option.id === item.key)).toHaveLength(1);
      for (const option of item.options)
        expect(Object.keys(option.text)).toEqual(expect.arrayContaining(declared));
    } else {
      expect(bank.kind).toBe('questionnaire');
      expect(bank.responseScales.filter((scale) => scale.id === item.responses)).toHaveLength(1);
    }
  }
  for (const scale of bank.scales)
    for (const { item } of scale.items)
      expect(bank.items.filter(({ id, kind }) => id === item && kind === 'likert')).toHaveLength(1);
};

const expectUseful = (problems: readonly Problem[]): void => {
  for (const { path, rule, text } of problems) {
    expect(path).toMatch(/^(\/|$)/);
    expect(rule).toMatch(/^[a-z0-9-]+$/);
    expect(text.length).toBeGreaterThan(8);
    expect(text).not.toContain('undefined');
  }
};

const expectRefused = (problems: readonly Problem[]): void => {
  expect(problems.length).toBeGreaterThan(0);
  expectUseful(problems);
};

const published = publishedBanks();
const expectForm = (programme: Programme): void => {
  const form = assembleForm({
    programme,
    programmeSha256: sha256('p'),
    banks: published,
    seed: sha256('s'),
    formId: 'f',
  });
  expect(form.sections).toHaveLength(programme.sections.length);
};

const changed = (start: unknown, changes: readonly Change[]): Json => {
  const tree = json(start);
  for (const one of changes) change(tree, one);
  return tree;
};

describe('mutations', () => {
  test('of banks are accepted sound or refused with problems; both happen', () => {
    const outcomes = { shape: 0, rules: 0, accepted: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(validBank(), validQuestionnaire()),
        fc.array(anyChange, { minLength: 1, maxLength: 3 }),
        (bank, changes) => {
          const loaded = loadBank(bytesOf(changed(bank, changes)));
          if (!loaded.ok) {
            outcomes.shape += 1;
            return expectRefused(loaded.problems);
          }
          const problems = checkBank(loaded.bank);
          expectUseful(problems);
          if (problems.length > 0) outcomes.rules += 1;
          else {
            outcomes.accepted += 1;
            expectSound(loaded.bank);
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0);
  });

  test('of programmes are refused, or give a form', () => {
    const outcomes = { shape: 0, rules: 0, accepted: 0 };
    fc.assert(
      fc.property(fc.array(anyChange, { minLength: 1, maxLength: 3 }), (changes) => {
        const loaded = loadProgramme(bytesOf(changed(validProgramme(), changes)));
        if (!loaded.ok) {
          outcomes.shape += 1;
          return expectRefused(loaded.problems);
        }
        const problems = checkProgramme(loaded.programme, validBanks());
        expectUseful(problems);
        if (problems.length > 0) outcomes.rules += 1;
        else {
          outcomes.accepted += 1;
          expectForm(loaded.programme);
        }
      }),
      { numRuns: 500 },
    );
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0);
  });

  test('of bytes never crash the reader', () => {
    const good = bytesOf(validQuestionnaire());
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat(good.length - 1), fc.oneof(fc.nat(255), fc.integer({ min: 97, max: 122 }))),
          { minLength: 1, maxLength: 3 },
        ),
        fc.nat(9).map((n) => n === 0),
        (edits, cut) => {
          const bytes = Uint8Array.from(good);
          for (const [place, byte] of edits) bytes[place] = byte;
          const loaded = loadBank(cut ? bytes.subarray(0, edits[0]?.[0]) : bytes);
          if (loaded.ok) accepted += 1;
          else expectRefused(loaded.problems);
        },
      ),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
