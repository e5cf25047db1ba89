/** The $group stage. */
import { CommandError } from './command-error.ts';
import { compileExpression, type Expression } from './compile-expression.ts';
import { isDoc, type Doc } from './decode-bson.ts';
import { compareValues, keyOf } from './index-keys.ts';

interface Accumulator {
  add(v: unknown): void;
  result(): unknown;
}

const accumulators: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => {
    let sum: number | bigint = 0;
    return {
      add: (v) => {
        if (typeof v === 'bigint')
          sum = typeof sum === 'bigint' || Number.isSafeInteger(sum) ? BigInt(sum) + v : sum + Number(v);
        else if (typeof v === 'number')
          sum = typeof sum === 'bigint' && Number.isSafeInteger(v) ? sum + BigInt(v) : Number(sum) + v;
      },
      result: () => sum,
    };
  },
  $avg: () => {
    let sum = 0;
    let n = 0;
    return {
      add: (v) => {
        if (typeof v !== 'number' && typeof v !== 'bigint') return;
        sum += Number(v);
        n++;
      },
      result: () => (n === 0 ? null : sum / n),
    };
  },
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => {
    let value: unknown;
    let seen = false;
    return {
      add: (v) => {
        if (!seen) value = v;
        seen = true;
      },
      result: () => value ?? null,
    };
  },
  $last: () => {
    let value: unknown;
    return { add: (v) => void (value = v), result: () => value ?? null };
  },
  $push: () => {
    const list: unknown[] = [];
    return {
      add: (v) => {
        if (v !== undefined) list.push(v);
      },
      result: () => list,
    };
  },
  $addToSet: () => {
    const set = new Map<string, unknown>();
    return {
      add: (v) => {
        if (v !== undefined) set.set(keyOf(v).toString('latin1'), v);
      },
      result: () => [...set.values()],
    };
  },
  $count: () => {
    let n = 0;
    return { add: () => void n++, result: () => n };
  },
};

function extreme(sign: 1 | -1): Accumulator {
  let best: unknown = null;
  return {
    add: (v) => {
      if (v === undefined || v === null) return;
      if (best === null || compareValues(v, best) * sign > 0) best = v;
    },
    result: () => best,
  };
}

/** @throws CommandError for accumulators outside the subset */
export function compileGroup(spec: unknown): (docs: Iterable<Doc>) => Doc[] {
  if (!isDoc(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id')) throw new CommandError(15955, 'a group specification must include an _id');
  const id = compileExpression(spec['_id']);
  const fields: { name: string; make: () => Accumulator; of: Expression }[] = [];
  for (const name of Object.keys(spec)) {
    if (name === '_id') continue;
    const v = spec[name];
    const [operator, ...rest] = isDoc(v) ? Object.keys(v) : [];
    if (!isDoc(v) || operator === undefined || rest.length > 0)
      throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
    const make = accumulators[operator];
    if (make === undefined) throw new CommandError(15952, `unknown group operator '${operator}'`);
    fields.push({ name, make, of: compileExpression(v[operator]) });
  }
  return (docs) => {
    const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
    for (const doc of docs) {
      const value = id(doc) ?? null;
      const key = keyOf(value).toString('latin1');
      let group = groups.get(key);
      if (group === undefined) groups.set(key, (group = { id: value, states: fields.map((f) => f.make()) }));
      for (const [i, f] of fields.entries()) group.states[i]?.add(f.of(doc));
    }
    return [...groups.values()].map((g) => ({
      _id: g.id,
      ...Object.fromEntries(fields.map((f, i) => [f.name, g.states[i]?.result()])),
    }));
  };
}
