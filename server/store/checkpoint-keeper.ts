import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readCheckpoint, type Checkpoint } from '../audit/checkpoint.ts';
import type { CheckpointKeeper } from '../audit/make-checkpoint.ts';
import type { Store } from './open-store.ts';

function parse(text: string): Checkpoint {
  return readCheckpoint(Buffer.from(text));
}

/** Keeps checkpoints in the store and writes each into a folder that is meant to be copied away. */
export function createCheckpointKeeper(store: Store, folder: string): CheckpointKeeper {
  return {
    last: async () => {
      const [record] = await store.checkpoints.find().sort({ at: -1 }).limit(1).lean();
      return record ? parse(record.text) : null;
    },
    keep: async ({ hash, at, text, of }) => {
      await store.checkpoints.create({ _id: hash, at, text, of });
    },
    export: async (name, text) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(join(folder, name), 'w', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/** The newest checkpoint that covers this chain, or null. */
export async function newestCheckpointOf(store: Store, of: string): Promise<Checkpoint | null> {
  const [record] = await store.checkpoints.find({ of }).sort({ at: -1 }).limit(1).lean();
  return record ? parse(record.text) : null;
}
