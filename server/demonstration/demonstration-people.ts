/** The invented people of a demonstration store and what happened to each at the terminal. Any likeness is accidental. */

export type Event = 'server-outage' | 'connection-lost' | 'transfer' | 'fault-reported';

export interface DemonstrationPerson {
  readonly name: string;
  readonly personnelNumber: string;
  readonly language: 'kk' | 'ru' | 'en';
  readonly extraTimePercent: number;
  /** right answers by topic of the legislation section, in the order of the programme; what is left is wrong or blank */
  readonly legislation: readonly number[];
  readonly logic: readonly number[];
  /** items left without an answer at the end of each section */
  readonly blank: number;
  /** the last section was closed by the clock */
  readonly timedOut: boolean;
  readonly event: Event | null;
  /** days before the demonstration began, and minute of that day */
  readonly daysAgo: number;
  readonly minute: number;
}

const person = (
  name: string,
  personnelNumber: string,
  language: DemonstrationPerson['language'],
  legislation: readonly number[],
  logic: readonly number[],
  more: Partial<DemonstrationPerson> = {},
): DemonstrationPerson => ({
  name,
  personnelNumber,
  language,
  extraTimePercent: 0,
  legislation,
  logic,
  blank: 0,
  timedOut: false,
  event: null,
  daysAgo: 1,
  minute: 0,
  ...more,
});

/** The threshold of the demonstration programme is 30 in all and 5 in each topic; of logic 10. */
export const demonstrationPeople: readonly DemonstrationPerson[] = [
  person('Ахметов Ерлан Серікұлы', 'Д-1001', 'kk', [14, 13, 13, 9], [5, 4, 4, 4], { daysAgo: 3, minute: 0 }),
  person('Смирнова Ольга Викторовна', 'Д-1002', 'ru', [12, 11, 12, 8], [4, 4, 3, 4], {
    daysAgo: 3,
    minute: 2,
  }),
  person('Жүнісова Айгүл Маратқызы', 'Д-1003', 'kk', [9, 8, 8, 6], [3, 3, 2, 3], { daysAgo: 3, minute: 4 }),
  person('Ким Алексей Игоревич', 'Д-1004', 'ru', [8, 8, 7, 6], [3, 2, 3, 2], { daysAgo: 3, minute: 6 }),
  person('Бекенов Дәурен Қайратұлы', 'Д-1005', 'kk', [13, 10, 8, 4], [4, 3, 4, 3], { daysAgo: 2, minute: 0 }),
  person('Петров Сергей Николаевич', 'Д-1006', 'ru', [6, 5, 5, 4], [2, 2, 2, 2], {
    daysAgo: 2,
    minute: 3,
    blank: 2,
  }),
  person('Оспанова Гүлнар Ерболқызы', 'Д-1007', 'kk', [12, 12, 10, 7], [4, 4, 3, 3], {
    daysAgo: 2,
    minute: 5,
    extraTimePercent: 25,
  }),
  person('Әбдіров Нұрлан Асқарұлы', 'Д-1008', 'kk', [11, 10, 11, 7], [4, 3, 3, 4], {
    daysAgo: 2,
    minute: 8,
    event: 'server-outage',
  }),
  person('Иванова Мария Петровна', 'Д-1009', 'ru', [10, 11, 9, 7], [3, 3, 2, 1], {
    daysAgo: 1,
    minute: 0,
    blank: 4,
    timedOut: true,
  }),
  person('Сейітқали Бауыржан Талғатұлы', 'Д-1010', 'kk', [13, 12, 11, 8], [4, 4, 4, 3], {
    daysAgo: 1,
    minute: 2,
    event: 'transfer',
  }),
  person('Нургалиев Тимур Русланович', 'Д-1011', 'ru', [10, 9, 10, 6], [3, 4, 3, 3], {
    daysAgo: 1,
    minute: 4,
    event: 'connection-lost',
  }),
  person('Омарова Сәуле Бақытқызы', 'Д-1012', 'kk', [11, 12, 10, 8], [4, 3, 4, 4], {
    daysAgo: 1,
    minute: 7,
    event: 'fault-reported',
  }),
];

/** The one who is about to be tested. */
export const personAboutToBeTested = {
  name: 'Қасымова Динара Әлібекқызы',
  personnelNumber: 'Д-1013',
} as const;
