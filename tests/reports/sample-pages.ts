/** One filling of every page, with strings that would do harm if they were not escaped. */
import type { Bank } from '../../question-banks/schema.ts';
import type { WithheldScores } from '../../scoring/score-sheet.ts';
import { viewAttemptReport } from '../../server/reports/view-attempt-report.ts';
import { viewReceipt } from '../../server/reports/view-receipt.ts';
import { viewScalesReport } from '../../server/reports/view-scales-report.ts';
import type { Frame, PageData } from '../../server/reports/page-data.ts';
import type { Language } from '../../question-banks/schema.ts';
import { roles } from '../../server/access/roles.ts';
import { programme, source, startedAt } from './sample-report-source.ts';

export const frame: Frame = {
  path: '/commission?text=%D3%98&lang=ru',
  demonstration: true,
  plainHttp: false,
  person: { name: 'Ұлықбекова Ң.', roles: ['commission', 'secretary'] },
  csrfToken: 'token-1',
  navigation: [
    { key: 'commission', href: '/commission', current: true },
    { key: 'psychology', href: '/psychology', current: false },
    { key: 'audit', href: '/audit', current: false },
  ],
  signOutAction: '/sign-out',
  timeZone: 'Asia/Almaty',
};

export const guest: Frame = { ...frame, path: '/', person: null, navigation: [], csrfToken: '' };

const facets = [
  'Мазасыздық|Тревожность|Anxiety',
  'Ашу|Гнев|Anger',
  'Көңілсіздік|Подавленность|Depression',
  'Ұялшақтық|Застенчивость|Self-consciousness',
];
const title = (three: string) => {
  const [kk = '', ru = '', en = ''] = three.split('|');
  return { kk, ru, en };
};
const missing = { policy: 'prorate', floor: 0.8 } as const;
const itemsOf = (prefix: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({ item: `${prefix}-${i}`, reversed: i % 2 === 1 }));

export const scales: Bank['scales'] = [
  ...[
    'Эмоциялық тұрақсыздық|Эмоциональная нестабильность|Emotional instability',
    'Ынтымақтастық|Доброжелательность|Agreeableness',
  ].flatMap((domain, d) => [
    { id: `d${d}`, title: title(domain), items: facets.flatMap((_, f) => itemsOf(`d${d}f${f}`, 4)), missing },
    ...facets.map((facet, f) => ({
      id: `d${d}f${f}`,
      title: title(facet),
      items: itemsOf(`d${d}f${f}`, 4),
      missing,
    })),
  ]),
  {
    id: 'alone',
    title: title('Жеке шкала|Отдельная шкала|A scale of its own'),
    items: itemsOf('alone', 4),
    missing,
  },
];

export const withheld: Pick<WithheldScores, 'scales'> = {
  scales: [
    {
      section: 'personality',
      scales: scales.map((s, i) => {
        const n = s.items.length;
        if (s.id === 'd1f3')
          return {
            scale: s.id,
            items: n,
            answered: 1,
            raw: null,
            minimum: n,
            maximum: 5 * n,
            percentOfMaximum: null,
            interval: null,
          };
        const percent = (i * 17 + 31) % 100;
        return {
          scale: s.id,
          items: n,
          answered: n,
          raw: Math.round(100 * n + 4 * n * percent) / 100,
          minimum: n,
          maximum: 5 * n,
          percentOfMaximum: percent,
          interval:
            s.id === 'd1f2'
              ? null
              : {
                  low: Math.max(0, percent - 12.5),
                  high: Math.min(100, percent + 12.5),
                  level: 0.95,
                  method: 'within-person-item-variance',
                },
        };
      }),
      flags: [
        { flag: 'long-string', value: 25, cutoff: 15, source: 'Johnson (2005), J. Res. Pers. 39, 103–129' },
      ],
    },
  ],
};

export const scalesSource = {
  attempt: source,
  withheld,
  questionnaires: [{ id: 'ipip-neo', version: '1.0.0', scales, normGroups: [] }],
};

export const receiptSource = {
  attemptId: source.attemptId,
  demonstration: true,
  use: 'demonstration' as const,
  personName: source.person.name,
  programme: programme.title,
  code: 'K7QM-2XRT-94HD',
  answersStored: 187,
  items: 191,
  endedAt: source.endedAt,
  hash: source.sheetSha256,
  timeZone: 'Asia/Almaty',
};

const pdf = {
  kk: '/commission/attempts/a1.pdf?lang=kk',
  ru: '/commission/attempts/a1.pdf?lang=ru',
  en: '/commission/attempts/a1.pdf?lang=en',
};
const section = (id: string) => programme.sections.find((s) => s.id === id)?.title ?? {};

export const attempts: PageData['commission-list']['attempts'] = [
  {
    name: 'Әбдірахманова Үміт Ғабитқызы',
    personnelNumber: 'KZ-004217',
    programme: programme.title,
    endedAt: startedAt,
    endedBy: 'timed-out',
    incidents: 3,
    results: [
      { section: section('legislation'), met: true, close: true },
      { section: section('logic'), met: false, close: false },
    ],
    reportHref: '/commission/attempts/a1',
    pdf,
  },
  {
    name: 'Қожахметов Һ. І.',
    personnelNumber: 'KZ-000001',
    programme: programme.title,
    endedAt: startedAt - 86_400_000,
    endedBy: 'handed-in',
    incidents: 0,
    results: [{ section: section('legislation'), met: null, close: false }],
    reportHref: '/commission/attempts/a2',
    pdf,
  },
];

/** Everything a page can show, by page; report pages hold a document in `lang`. */
export function samplePages(lang: Language): PageData {
  return {
    start: {
      tryAs: (['operator', 'commission', 'psychologist', 'auditor', 'administrator'] as const).map(
        (role) => ({ role, action: '/sign-in' }),
      ),
      terminalHref: '/terminal',
      terminalCode: 'ABCD-EFGH-JK',
      signInHref: '/sign-in',
    },
    'sign-in': { action: '/sign-in', name: 'umit', next: '/commission', problem: 'SIGN_IN_FAILED' },
    'set-up': { action: '/setup/abc', name: '', problem: 'DIFFERENT' },
    'commission-list': {
      action: '/commission',
      filters: { text: 'Ә', status: 'timed-out', programme: 'attestation-demo', result: 'close' },
      programmes: [{ id: 'attestation-demo', title: programme.title }],
      attempts,
      total: 12,
    },
    'commission-report': {
      document: viewAttemptReport(source, lang),
      pdf,
      openDossierHref: '/commission/attempts/a1/open-dossier',
      backHref: '/commission',
    },
    'psychology-list': {
      attempts: [
        {
          name: 'Әбдірахманова Үміт',
          personnelNumber: 'KZ-004217',
          programme: programme.title,
          endedAt: startedAt,
          flags: 1,
          reportHref: '/psychology/attempts/a1',
        },
        {
          name: 'Қожахметов Һ. І.',
          personnelNumber: 'KZ-000001',
          programme: programme.title,
          endedAt: startedAt,
          flags: 0,
          reportHref: '/psychology/attempts/a2',
        },
      ],
    },
    'psychology-report': {
      document: viewScalesReport(scalesSource, lang),
      pdf: null,
      backHref: '/psychology',
    },
    audit: {
      attempts: [
        {
          attemptId: 'a-7f3kq2m9x4',
          programme: programme.title,
          endedAt: startedAt,
          auditFileHref: '/audit/attempts/a1/audit-file',
          openDossierHref: null,
        },
        {
          attemptId: 'a-8f3kq2m9x4',
          programme: programme.title,
          endedAt: startedAt,
          auditFileHref: '/audit/attempts/a2/audit-file',
          openDossierHref: '/x',
        },
      ],
      keyFingerprint: 'e'.repeat(64),
    },
    receipt: { document: viewReceipt(receiptSource, ['kk', 'ru', 'en']), backHref: '/monitor' },
    accounts: {
      createAction: '/accounts',
      name: '',
      roles: [...roles],
      problem: 'NAME_TAKEN',
      accounts: [
        {
          name: 'umit',
          roles: ['commission', 'chair'],
          disabled: false,
          rolesAction: '/accounts/1/roles',
          disableAction: '/accounts/1/disable',
        },
        {
          name: 'root',
          roles: ['administrator'],
          disabled: false,
          rolesAction: '/accounts/2/roles',
          disableAction: null,
        },
        { name: 'old', roles: [], disabled: true, rolesAction: '/accounts/3/roles', disableAction: null },
      ],
    },
    error: { code: 'INTERNAL', errorId: 'E7K2-9QXM', backHref: '/' },
  };
}
