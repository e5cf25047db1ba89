import type { PublicationRecord } from './build-models.ts';
import type { Store } from './open-store.ts';

/** The published version of that id, or null. */
export function findPublication(
  store: Store,
  kind: PublicationRecord['kind'],
  ref: { id: string; version: string },
): Promise<PublicationRecord | null> {
  return store.publications.findOne({ _id: `${kind}:${ref.id}@${ref.version}` }).lean();
}
