import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Form, FormItem, Programme } from '../../question-banks/schema.ts';
import { assembleForm } from '../../server/banks/assemble-form.ts';
import { drawFrom, seededDraw } from '../../server/banks/seeded-draw.ts';
import { publishedBanks, sha256, validBank, validProgramme, validQuestionnaire } from './valid-bank.ts';

const banks = publishedBanks();
const seedOf = (n: number): string => sha256(`seed ${n}`);
const assemble = (seed: string, programme: Programme = validProgramme(), from = banks): Form =>
  assembleForm({ programme, programmeSha256: sha256('programme'), banks: from, seed, formId: 'form-1' });
const itemsOf = (form: Form, section: number): FormItem[] => form.sections[section]?.items ?? [];
const idsOf = (form: Form, section: number): string[] => itemsOf(form, section).map((item) => item.item);
const topics = new Map(validBank().items.map((item) => [item.id, item.topic]));
const anySeed = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('a form', () => {
  test('meets its quotas, repeats nothing, is the same for the same seed and keeps what must not be shuffled', () => {
    const items = new Map(validBank().items.map((item) => [item.id, item]));
    fc.assert(
      fc.property(anySeed, (seed) => {
        const form = assemble(seed);
        expect(assemble(seed)).toEqual(form);
        const drawn = idsOf(form, 0);
        expect(new Set(drawn).size).toBe(8);
        expect(drawn.filter((id) => topics.get(id) === 'service')).toHaveLength(4);
        expect(drawn.filter((id) => topics.get(id) === 'ethics')).toHaveLength(4);
        expect(idsOf(form, 1)).toEqual(validQuestionnaire().items.map((item) => item.id));
        for (const { item: id, options = [] } of itemsOf(form, 0)) {
          const item = items.get(id);
          if (item?.kind !== 'single-choice') throw new Error('not a choice item');
          const written = item.options.map((option) => option.id);
          expect(options.toSorted()).toEqual(written.toSorted());
          expect(item.shuffle ? written : options).toEqual(written);
        }
        expect(itemsOf(form, 1).every((item) => item.options === undefined)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('says what it was made of', () => {
    expect(assemble(seedOf(1))).toMatchObject({
      id: 'form-1',
      seed: seedOf(1),
      programme: { id: 'training', version: '1.0.0', sha256: sha256('programme') },
      banks: [
        { id: 'training-rules', version: '1.0.0', sha256: banks.get('training-rules@1.0.0')?.sha256 },
        { id: 'work-style', version: '1.0.0', sha256: banks.get('work-style@1.0.0')?.sha256 },
      ],
      sections: [{ section: 'rules' }, { section: 'style', bank: { id: 'work-style', version: '1.0.0' } }],
    });
  });

  test('is the one it was yesterday: a change of the generator would break every form that exists', () => {
    expect(
      createHash('sha256')
        .update(JSON.stringify(assemble(seedOf(1))))
        .digest('hex'),
    ).toBe('01a5cef535b4c6b7a0a76f652cb970c1d6f8ae0cdc44a2a2b6664f4abc101c8d');
  });

  test('over 2,000 forms gives every item its fair share, every place and every order of options too', () => {
    const forms = 2000;
    const seen = new Map<string, number>();
    const firstPlace = new Map<string, number>();
    const firstOption = new Map<string, number>();
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    for (let n = 0; n < forms; n += 1) {
      const items = itemsOf(assemble(seedOf(n)), 0);
      count(firstPlace, items[0]?.item ?? '');
      for (const { item, options = [] } of items) {
        count(seen, item);
        count(firstOption, `${item} ${options[0]}`);
      }
    }
    const fair = (forms * 4) / 6;
    expect(seen.size).toBe(12);
    for (const times of seen.values()) {
      expect(times).toBeLessThan(fair * 1.1);
      expect(times).toBeGreaterThan(fair * 0.9);
    }
    for (const times of firstPlace.values())
      expect(Math.abs(times - forms / 12)).toBeLessThan((forms / 12) * 0.5);
    for (const item of validBank().items) {
      if (item.kind !== 'single-choice' || !item.shuffle) continue;
      for (const option of item.options) {
        const share = (firstOption.get(`${item.id} ${option.id}`) ?? 0) / (seen.get(item.id) ?? 1);
        expect(Math.abs(share - 0.25)).toBeLessThan(0.06);
      }
    }
  });

  test('a small quota of a large pool exposes no item more than 1.5 times its fair share', () => {
    const bank = validBank();
    const [model] = bank.items;
    if (model === undefined) throw new Error('no item');
    bank.items = Array.from({ length: 45 }, (_, n) => ({ ...structuredClone(model), id: `p${n}` }));
    const programme = validProgramme();
    const [section] = programme.sections;
    if (section === undefined) throw new Error('no section');
    section.pick = { how: 'quotas', quotas: [{ topic: 'service', count: 15 }] };
    programme.sections = [section];
    const from = publishedBanks([bank]);
    const seen = new Map<string, number>();
    for (let n = 0; n < 2000; n += 1)
      for (const id of idsOf(assemble(seedOf(n), programme, from), 0)) seen.set(id, (seen.get(id) ?? 0) + 1);
    expect(seen.size).toBe(45);
    expect(Math.max(...seen.values())).toBeLessThan(1.5 * ((2000 * 15) / 45));
  });

  test('never gives a draft, and a change of one section does not move another', () => {
    const bank = validBank();
    const drafts = bank.items.filter((_, index) => index % 6 < 2);
    for (const item of drafts) item.draft = true;
    const from = publishedBanks([bank, validQuestionnaire()]);
    for (let n = 0; n < 50; n += 1) {
      const given = new Set(idsOf(assemble(seedOf(n), validProgramme(), from), 0));
      expect(drafts.some((item) => given.has(item.id))).toBe(false);
    }
    const programme = validProgramme();
    for (const section of programme.sections.slice(1)) section.order = 'drawn';
    expect(idsOf(assemble(seedOf(1), programme), 0)).toEqual(idsOf(assemble(seedOf(1)), 0));
    expect(idsOf(assemble(seedOf(1), programme), 1)).not.toEqual(idsOf(assemble(seedOf(1)), 1));
  });

  test('fixed order is the order of the bank for quotas and the order named for items', () => {
    const programme = validProgramme();
    const [section] = programme.sections;
    if (section === undefined) throw new Error('no section');
    section.order = 'fixed';
    const written = validBank().items.map((item) => item.id);
    const drawn = idsOf(assemble(seedOf(3), programme), 0);
    expect(drawn).toEqual(written.filter((id) => drawn.includes(id)));
    section.pick = { how: 'items', items: written.toReversed() };
    expect(idsOf(assemble(seedOf(3), programme), 0)).toEqual(written.toReversed());
  });

  test('is refused when banks are missing, pools too small, items unknown or the seed is none', () => {
    const programme = validProgramme();
    expect(() => assemble(seedOf(1), programme, new Map())).toThrow('training-rules@1.0.0');
    expect(() => assemble('seed')).toThrow('64');
    const [section] = programme.sections;
    if (section === undefined) throw new Error('no section');
    section.pick = { how: 'quotas', quotas: [{ topic: 'service', count: 7 }] };
    expect(() => assemble(seedOf(1), programme)).toThrow('cannot draw 7 from 6');
    section.pick = { how: 'items', items: ['zzz', validBank().items[0]?.id ?? ''] };
    expect(() => assemble(seedOf(1), programme)).toThrow('cannot be given');
  });
});

describe('the generator', () => {
  test('is the one that is documented', () => {
    const seed = seedOf(7);
    const key = createHash('sha256')
      .update(Buffer.concat([Buffer.from('adil-form-1\0'), Buffer.from(seed, 'hex'), Buffer.from('label')]))
      .digest();
    const block = (n: number): Buffer => {
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(n);
      return createHash('sha256')
        .update(Buffer.concat([key, counter]))
        .digest();
    };
    const stream = Buffer.concat([block(0), block(1), block(2)]);
    const draw = seededDraw(seed, 'label');
    for (let n = 0; n < 24; n += 1) expect(draw(2 ** 32)).toBe(stream.readUInt32BE(n * 4));
  });

  test('throws away what would favour small numbers', () => {
    const n = 3 * 2 ** 30;
    const all = seededDraw(seedOf(9), 'x');
    const kept = Array.from({ length: 400 }, () => all(2 ** 32)).filter((x) => x < n);
    const below = seededDraw(seedOf(9), 'x');
    expect(kept.length).toBeLessThan(350);
    expect(Array.from({ length: kept.length }, () => below(n))).toEqual(kept);
  });

  test('draws below n only, for every n, and refuses other n', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
        const x = seededDraw(seed, 'any')(n);
        expect(Number.isInteger(x) && x >= 0 && x < n).toBe(true);
      }),
    );
    for (const n of [0, -1, 1.5, 2 ** 33, Number.NaN])
      expect(() => seededDraw(seedOf(1), 'any')(n)).toThrow(RangeError);
  });

  test('shuffles into a permutation and leaves the list alone', () => {
    fc.assert(
      fc.property(anySeed, fc.uniqueArray(fc.integer()), (seed, list) => {
        const before = [...list];
        const shuffled = drawFrom(list, list.length, seededDraw(seed, 'any'));
        expect(list).toEqual(before);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
    );
  });

  test('gives all six orders of three equally often', () => {
    const orders = new Map<string, number>();
    for (let n = 0; n < 6000; n += 1) {
      const order = drawFrom(['x', 'y', 'z'], 3, seededDraw(seedOf(n), 'orders')).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    const chiSquare = [...orders.values()].reduce((sum, times) => sum + (times - 1000) ** 2 / 1000, 0);
    expect(orders.size).toBe(6);
    expect(chiSquare).toBeLessThan(20.5); // 0.1 % point for five degrees of freedom; the seeds are fixed
  });
});
