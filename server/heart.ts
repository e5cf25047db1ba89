/** Writes heartbeats, so that a restart knows how long nobody was there. */
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { Clock, Heartbeat, MachineTime } from './clock.ts';
import type { Store } from './store/open-store.ts';

/** The machine's clocks. Where the system does not name its boot, each process is a boot of its own and outages are estimated. */
export function machineTime(): MachineTime {
  return {
    bootId: readBootId(),
    hrMs: () => Number(process.hrtime.bigint() / 1000n) / 1000,
    wallMs: () => Date.now(),
  };
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return randomUUID();
  }
}

const nodeId = 'node-1';

export async function lastHeartbeat(store: Store): Promise<Heartbeat | null> {
  const beat = await store.heartbeats.findOne({ _id: nodeId }).lean();
  return beat ? { bootId: beat.bootId, hrMs: beat.hrMs, at: beat.at } : null;
}

/** One heartbeat, durable when the promise resolves. */
export async function beat(store: Store, clock: Clock, machine: MachineTime): Promise<void> {
  await store.heartbeats.updateOne(
    { _id: nodeId },
    { $set: { bootId: machine.bootId, hrMs: machine.hrMs(), at: clock.now() } },
    { upsert: true },
  );
}
