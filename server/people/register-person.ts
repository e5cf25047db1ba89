import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { randomId } from '../random-id.ts';
import type { PersonRecord } from '../store/build-models.ts';
import type { Store } from '../store/open-store.ts';

export interface NewPerson {
  /** 1 to 200 characters */
  readonly name: string;
  readonly personnelNumber: string;
  /** accommodation, percent of the time limit, 0 to 100 */
  readonly extraTimePercent?: number;
  readonly largeText?: boolean;
  readonly highContrast?: boolean;
}

/**
 * Puts an employee into the register of people.
 * @returns the record; its id is random and says nothing of the person
 * @throws Refusal BAD_SHAPE with the field
 */
export async function registerPerson(
  d: { store: Pick<Store, 'people'>; clock: Clock },
  p: NewPerson,
): Promise<PersonRecord> {
  const name = p.name.trim();
  const extraTimePercent = p.extraTimePercent ?? 0;
  if (name.length < 1 || name.length > 200) throw new Refusal('BAD_SHAPE', '/name');
  if (p.personnelNumber.length > 40) throw new Refusal('BAD_SHAPE', '/personnelNumber');
  if (!Number.isInteger(extraTimePercent) || extraTimePercent < 0 || extraTimePercent > 100)
    throw new Refusal('BAD_SHAPE', '/extraTimePercent');
  const record: PersonRecord = {
    _id: randomId(),
    name,
    personnelNumber: p.personnelNumber.trim(),
    extraTimePercent,
    largeText: p.largeText ?? false,
    highContrast: p.highContrast ?? false,
    createdAt: d.clock.now(),
  };
  await d.store.people.create(record);
  return record;
}
