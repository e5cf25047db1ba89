import type { Bank, Problem } from '../schema.ts';
import type { BankRule } from '../rule.ts';
import { pointerTo } from '../json-pointer.ts';
import { itemsInBank } from '../places-in-bank.ts';
import { quote } from '../quote.ts';

/** True for a day that the Gregorian calendar has, written YYYY-MM-DD. */
const isDay = (day: string): boolean => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return date >= 1 && date <= days;
};

const daysInBank = (bank: Bank): { day: string; path: string }[] => [
  ...itemsInBank(bank).flatMap(({ item, path }) => {
    const { checkedAt, effectiveFrom, effectiveTo } = item.source ?? {};
    return Object.entries({ checkedAt, effectiveFrom, effectiveTo }).flatMap(([name, day]) =>
      day === undefined ? [] : [{ day, path: `${path}/source/${name}` }],
    );
  }),
  ...bank.normGroups.map((group, index) => ({
    day: group.collectedAt,
    path: pointerTo('normGroups', index, 'collectedAt'),
  })),
];

/** Days exist in the calendar, and what is in effect begins before it ends. */
export const daysReal: BankRule = {
  name: 'days-real',
  check: (bank) => {
    const unreal = daysInBank(bank)
      .filter(({ day }) => !isDay(day))
      .map(({ day, path }): Problem => ({
        path,
        rule: 'days-real',
        params: { day },
        text: `there is no day ${quote(day)} in the calendar; write it as YYYY-MM-DD`,
      }));
    const backwards = itemsInBank(bank).flatMap(({ item, path }): Problem[] => {
      const { effectiveFrom: from, effectiveTo: to } = item.source ?? {};
      if (from === undefined || to === undefined || from <= to) return [];
      return [
        {
          path: `${path}/source/effectiveTo`,
          rule: 'days-real',
          params: { from, to },
          text: `in effect from ${from} to ${to}: the end is before the beginning; exchange them`,
        },
      ];
    });
    return [...unreal, ...backwards];
  },
};
