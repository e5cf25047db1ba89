import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Bank, Programme } from '../../question-banks/schema.ts';
import { validBank, validProgramme } from './valid-bank.ts';

const emitted = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../question-banks/${name}`, import.meta.url), 'utf8'));

describe('schemas for editors', () => {
  test.each([
    ['bank.schema.json', Bank],
    ['programme.schema.json', Programme],
  ])('%s is what schema.ts says; if not: node question-banks/emit-schemas.mjs', (name, schema) => {
    expect(emitted(name)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test('they work without the source', () => {
    const ajv = new Ajv2020({ strict: true, discriminator: true });
    const bank = ajv.compile(emitted('bank.schema.json'));
    expect(bank(validBank())).toBe(true);
    expect(bank({ ...validBank(), version: 1 })).toBe(false);
    const programme = ajv.compile(emitted('programme.schema.json'));
    expect(programme(validProgramme())).toBe(true);
    expect(programme(validBank())).toBe(false);
  });
});
