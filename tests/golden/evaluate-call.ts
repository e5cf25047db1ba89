/** Values of the names that a call may use: each a list, as in R. */
export type Names = ReadonlyMap<string, readonly number[]>;

export interface Call {
  readonly name: string;
  readonly positional: readonly (readonly number[])[];
  /** lower.tail=FALSE and the like */
  readonly named: ReadonlyMap<string, readonly number[]>;
}

const token = /\s*(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[A-Za-z_.][\w.]*|[-+*/^:(),|=[\]])/y;

function tokenize(source: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const text = source.trimEnd();
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found?.[1] === undefined) throw new Error(`cannot read ${source}`);
    tokens.push(found[1]);
  }
  return tokens;
}

const recycle = (a: readonly number[], b: readonly number[], f: (x: number, y: number) => number): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    f(a[i % a.length] ?? NaN, b[i % b.length] ?? NaN),
  );

/**
 * Reads one call written as in R, such as pchisq(3|x|,1,lower.tail=FALSE) or pbinom(0:20,20,p[3]): numbers, + - * / ^, ranges a:b, c(…), elements x[i] and
 * absolute values |x| (a number before | multiplies). Only the arguments are worked out; what the call itself means is up to the caller.
 */
export function readCall(source: string, names: Names): Call {
  const tokens = tokenize(source);
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  const take = (expected?: string): string => {
    const found = peek();
    if (found === '' || (expected !== undefined && found !== expected))
      throw new Error(`cannot read ${source}: ${expected ?? 'more'} is missing`);
    at += 1;
    return found;
  };

  const primary = (): readonly number[] => {
    const first = take();
    if (first === '(') {
      const inner = sum();
      take(')');
      return inner;
    }
    if (first === '|') {
      const inner = sum();
      take('|');
      return inner.map(Math.abs);
    }
    if (first === '-') return power().map((value) => -value);
    if (/^[\d.]/.test(first) && !Number.isNaN(Number(first))) return [Number(first)];
    if (first === 'TRUE' || first === 'FALSE') return [first === 'TRUE' ? 1 : 0];
    if (first === 'abs' || first === 'c') {
      take('(');
      const parts = [sum()];
      while (peek() === ',') {
        take(',');
        parts.push(sum());
      }
      take(')');
      return first === 'abs' ? parts.flat().map(Math.abs) : parts.flat();
    }
    const value = names.get(first);
    if (value === undefined) throw new Error(`cannot read ${source}: what is ${first}?`);
    if (peek() !== '[') return value;
    take('[');
    const index = sum();
    take(']');
    return index.map((i) => value[i - 1] ?? NaN);
  };
  const power = (): readonly number[] => {
    const base = primary();
    if (peek() !== '^') return base;
    take('^');
    return recycle(base, power(), (x, y) => x ** y);
  };
  const range = (): readonly number[] => {
    const first = power();
    if (peek() !== ':') return first;
    take(':');
    const [from = NaN] = first;
    const [to = NaN] = power();
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  };
  const product = (): readonly number[] => {
    let value = range();
    for (;;) {
      if (peek() === '*') {
        take('*');
        value = recycle(value, range(), (x, y) => x * y);
      } else if (peek() === '/') {
        take('/');
        value = recycle(value, range(), (x, y) => x / y);
      } else if (peek() === '|' && /^[\d.]/.test(tokens[at - 1] ?? '')) {
        value = recycle(value, primary(), (x, y) => x * y);
      } else return value;
    }
  };
  const sum = (): readonly number[] => {
    let value = product();
    while (peek() === '+' || peek() === '-') {
      const sign = take() === '+' ? 1 : -1;
      value = recycle(value, product(), (x, y) => x + sign * y);
    }
    return value;
  };

  const name = take();
  take('(');
  const positional: (readonly number[])[] = [];
  const named = new Map<string, readonly number[]>();
  while (peek() !== ')') {
    if (tokens[at + 1] === '=') {
      const key = take();
      take('=');
      named.set(key, sum());
    } else positional.push(sum());
    if (peek() !== ')') take(',');
  }
  take(')');
  if (at !== tokens.length) throw new Error(`cannot read ${source}: ${peek()} is left over`);
  return { name, positional, named };
}
