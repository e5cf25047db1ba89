import { expect, test } from '@jest/globals';
import type { MonitorRow } from '../../server/wire/contract.ts';
import { matchesFilter, orderByAttention } from '../../client/monitor/attention-order.ts';
import { backOffMs, longestWaitMs } from '../../client/shared/back-off.ts';
import { randomId } from '../../client/shared/random-id.ts';
import { qrPath } from '../../client/shared/qr-path.ts';
import { pickText } from '../../client/shared/languages.ts';

const row = (name: string, over: Partial<MonitorRow> = {}): MonitorRow => ({
  attemptId: name.toLowerCase(),
  name,
  personnelNumber: `N-${name}`,
  programme: { kk: 'Аттестаттау', ru: 'Аттестация' },
  status: 'running',
  admitted: true,
  connected: true,
  section: null,
  answered: 0,
  items: 10,
  lastAnswerAt: null,
  remainingMs: 3_600_000,
  extraTimePercent: 0,
  incidents: 0,
  faults: 0,
  receiptCode: null,
  ...over,
});

test('those who need the operator come first', () => {
  const rows = [
    row('Ended', { status: 'handed-in' }),
    row('Receipt', { status: 'handed-in', receiptCode: 'X' }),
    row('Invited', { status: 'invited', connected: false }),
    row('Calm'),
    row('Low', { remainingMs: 60_000 }),
    row('Waiting', { status: 'waiting', admitted: false }),
    row('Cut-off', { connected: false }),
    row('Also-calm'),
  ];
  expect(orderByAttention(rows, 'en').map(({ name }) => name)).toEqual([
    'Cut-off',
    'Waiting',
    'Low',
    'Also-calm',
    'Calm',
    'Invited',
    'Receipt',
    'Ended',
  ]);
});

test('an ended attempt without connection is no alarm', () => {
  const rows = [row('Done', { status: 'timed-out', connected: false }), row('Calm')];
  expect(orderByAttention(rows, 'en')[0]?.name).toBe('Calm');
});

test('the filter finds by parts of name, number and programme in any language', () => {
  const person = row('Әбдірахманова Үміт');
  expect(matchesFilter(person, 'үміт')).toBe(true);
  expect(matchesFilter(person, 'аттестация әбдір')).toBe(true);
  expect(matchesFilter(person, 'n-әбд')).toBe(true);
  expect(matchesFilter(person, 'иванов')).toBe(false);
});

test('waits grow to five seconds and are spread', () => {
  expect(backOffMs(0, 0)).toBe(250);
  expect(backOffMs(0, 0.999)).toBeLessThanOrEqual(500);
  expect(backOffMs(30, 1)).toBe(longestWaitMs);
  expect(backOffMs(30, 0)).toBe(longestWaitMs / 2);
});

test('an id has the shape of the contract and all values of its bytes', () => {
  expect(randomId((bytes) => bytes.fill(255))).toBe('v'.repeat(20));
  expect(randomId()).toMatch(/^[a-z0-9]{16,32}$/);
  expect(randomId()).not.toBe(randomId());
});

test('a QR code has its three finder patterns inside the quiet zone', () => {
  const { size, d } = qrPath('K7QX-4M2D-9TRA 9f2c41d0');
  for (const corner of [`M4 4h`, `M${size - 5} 4h`, `M4 ${size - 5}h`]) expect(d).toContain(corner);
  expect(d).not.toContain('M3 ');
});

test('a missing language falls back and says which it is', () => {
  expect(pickText({ ru: 'да' }, 'en')).toEqual({ text: 'да', lang: 'ru' });
  expect(pickText({ ru: 'да', en: 'yes' }, 'en')).toEqual({ text: 'yes', lang: 'en' });
});
