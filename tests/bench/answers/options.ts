import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: boolean;
  readonly clients: number;
  readonly inFlight: number;
  readonly seconds: number;
  readonly repeats: number;
  /** terminals of the memory measurement; 0 leaves it out */
  readonly memoryTerminals: number;
  readonly programme: { readonly id: string; readonly version: string };
  /** folder for .cpuprofile files; null: do not profile */
  readonly profileFolder: string | null;
}

/** @throws TypeError for an unknown option; RangeError for a number that is none */
export function readOptions(args: readonly string[], defaultProfileFolder: string): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      clients: { type: 'string', default: '1000' },
      'in-flight': { type: 'string', default: '256' },
      seconds: { type: 'string', default: '5' },
      repeats: { type: 'string', default: '3' },
      'memory-terminals': { type: 'string', default: '5000' },
      programme: { type: 'string', default: 'attestation-demo@1.0.0' },
      profile: { type: 'boolean', default: false },
    },
  });
  const number = (
    name: 'clients' | 'in-flight' | 'seconds' | 'repeats' | 'memory-terminals',
    least: number,
  ): number => {
    const n = Number(values[name]);
    if (!Number.isInteger(n) || n < least)
      throw new RangeError(`--${name} must be a whole number from ${least}`);
    return n;
  };
  const [id = '', version = ''] = values.programme.split('@');
  return {
    json: values.json,
    clients: number('clients', 1),
    inFlight: number('in-flight', 1),
    seconds: number('seconds', 1),
    repeats: number('repeats', 1),
    memoryTerminals: number('memory-terminals', 0),
    programme: { id, version },
    profileFolder: values.profile ? defaultProfileFolder : null,
  };
}
