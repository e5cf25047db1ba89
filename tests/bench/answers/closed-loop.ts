/** The load: a fixed number of answers always on the way, over many connections in turn. */

export interface LoadClient {
  /** sends the next answer of this client under that acknowledgement id */
  fire(id: number): void;
}

export interface LoadResult {
  readonly acked: number;
  /** server processor seconds spent on them */
  readonly cpuS: number;
  readonly wallS: number;
  readonly refused: number;
  /** sorted, ms */
  readonly latenciesMs: Float64Array;
}

export interface ClosedLoop {
  /** to be told of every acknowledgement */
  acked(id: number, isGood: boolean): void;
  run(o: {
    readonly inFlight: number;
    readonly warmUpMs: number;
    readonly ms: number;
    cpuS(): number;
  }): Promise<LoadResult>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param firstId acknowledgement ids count from here */
export function createClosedLoop(clients: readonly LoadClient[], firstId: number): ClosedLoop {
  const startedAt = new Map<number, number>();
  let id = firstId;
  let turn = 0;
  let running = false;
  let counting = false;
  let latencies: number[] = [];
  let refused = 0;

  const fire = (): void => {
    const client = clients[turn];
    turn = (turn + 1) % clients.length;
    id += 1;
    startedAt.set(id, performance.now());
    client?.fire(id);
  };

  return {
    acked: (ackId, isGood) => {
      const at = startedAt.get(ackId);
      if (at === undefined) return;
      startedAt.delete(ackId);
      if (counting && isGood) latencies.push(performance.now() - at);
      if (!isGood) refused += 1;
      if (running) fire();
    },
    run: async (o) => {
      latencies = [];
      refused = 0;
      running = true;
      for (let i = 0; i < Math.min(o.inFlight, clients.length); i++) fire();
      await wait(o.warmUpMs);
      const cpuBefore = o.cpuS();
      const from = performance.now();
      counting = true;
      await wait(o.ms);
      counting = false;
      const cpuS = o.cpuS() - cpuBefore;
      const wallS = (performance.now() - from) / 1000;
      running = false;
      while (startedAt.size > 0) await wait(5);
      const sorted = Float64Array.from(latencies).toSorted();
      return { acked: sorted.length, cpuS, wallS, refused, latenciesMs: sorted };
    },
  };
}
