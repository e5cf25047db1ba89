/** What each server-rendered page is filled with: exact types, so that a route that forgets something does not compile. */
import type { Role } from '../access/roles.ts';
import type { ErrorCode } from '../errors.ts';
import type { Language, Text } from '../../question-banks/schema.ts';
import type { ReportDocument } from './report-document.ts';

export type ByLanguage = Readonly<Record<Language, string>>;

/** A page that the person's roles open. */
export type NavigationKey = 'monitor' | 'commission' | 'psychology' | 'audit' | 'accounts';

/** What stands around every page. */
export interface Frame {
  /** path and query of this page; the language links change its ?lang= */
  readonly path: string;
  readonly demonstration: boolean;
  /** plain HTTP was allowed beyond loopback */
  readonly plainHttp: boolean;
  /** null: nobody is signed in */
  readonly person: { readonly name: string; readonly roles: readonly Role[] } | null;
  /** for every form of the page; '' where there is no session yet */
  readonly csrfToken: string;
  readonly navigation: readonly {
    readonly key: NavigationKey;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly signOutAction: string;
  /** IANA name of the organisation's time zone */
  readonly timeZone: string;
}

export interface StartPage {
  /** in a demonstration: one button each; the form posts the field `role`. Empty in operation. */
  readonly tryAs: readonly { readonly role: TryRole; readonly action: string }[];
  readonly terminalHref: string;
  /** a code that is ready for the terminal, in a demonstration; else null */
  readonly terminalCode: string | null;
  readonly signInHref: string;
}
export type TryRole = 'operator' | 'commission' | 'psychologist' | 'auditor' | 'administrator';

export interface SignInPage {
  /** posts name, password and next */
  readonly action: string;
  readonly name: string;
  /** where to go afterwards, a path of this server */
  readonly next: string;
  readonly problem: ErrorCode | null;
}

export interface SetUpPage {
  /** posts name, password and repeat; the token of the link is part of the path */
  readonly action: string;
  readonly name: string;
  /** DIFFERENT: the two passwords differ */
  readonly problem: ErrorCode | 'DIFFERENT' | null;
}

export type EndedBy = 'handed-in' | 'timed-out' | 'stopped';

export interface ListedResult {
  readonly section: Text;
  /** null: no threshold is set */
  readonly met: boolean | null;
  readonly close: boolean;
}

export interface ListedAttempt {
  readonly name: string;
  readonly personnelNumber: string;
  readonly programme: Text;
  readonly endedAt: number;
  readonly endedBy: EndedBy;
  readonly incidents: number;
  readonly results: readonly ListedResult[];
  readonly reportHref: string;
  readonly pdf: ByLanguage;
}

export interface CommissionListPage {
  /** the filters are fields of a GET form to this address */
  readonly action: string;
  readonly filters: {
    readonly text: string;
    readonly status: '' | EndedBy;
    /** id of a programme, '' for all */
    readonly programme: string;
    readonly result: '' | 'met' | 'not-met' | 'close';
  };
  readonly programmes: readonly { readonly id: string; readonly title: Text }[];
  readonly attempts: readonly ListedAttempt[];
  /** finished attempts before filtering */
  readonly total: number;
}

export interface CommissionReportPage {
  readonly document: ReportDocument;
  readonly pdf: ByLanguage;
  readonly openDossierHref: string;
  readonly backHref: string;
}

export interface PsychologyListPage {
  readonly attempts: readonly {
    readonly name: string;
    readonly personnelNumber: string;
    readonly programme: Text;
    readonly endedAt: number;
    /** protocol flags */
    readonly flags: number;
    readonly reportHref: string;
  }[];
}

export interface PsychologyReportPage {
  readonly document: ReportDocument;
  /** null where the scales are not given out as PDF */
  readonly pdf: ByLanguage | null;
  readonly backHref: string;
}

export interface AuditPage {
  /** people appear by the id of the attempt only */
  readonly attempts: readonly {
    readonly attemptId: string;
    readonly programme: Text;
    readonly endedAt: number;
    readonly auditFileHref: string;
    /** null where the role may not open it */
    readonly openDossierHref: string | null;
  }[];
  /** SHA-256 of the server's public key */
  readonly keyFingerprint: string | null;
}

export interface ReceiptPage {
  readonly document: ReportDocument;
  readonly backHref: string;
}

export interface AccountsPage {
  /** posts name, password and one field `role` for each role chosen */
  readonly createAction: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly problem: ErrorCode | null;
  readonly accounts: readonly {
    readonly name: string;
    readonly roles: readonly Role[];
    readonly disabled: boolean;
    /** posts one field `role` for each role */
    readonly rolesAction: string;
    /** null: this account cannot be disabled (it is one's own) */
    readonly disableAction: string | null;
  }[];
}

export interface ErrorPage {
  readonly code: ErrorCode;
  /** of a fault of the program, to be found in the log */
  readonly errorId: string | null;
  readonly backHref: string;
}

export interface PageData {
  readonly start: StartPage;
  readonly 'sign-in': SignInPage;
  readonly 'set-up': SetUpPage;
  readonly 'commission-list': CommissionListPage;
  readonly 'commission-report': CommissionReportPage;
  readonly 'psychology-list': PsychologyListPage;
  readonly 'psychology-report': PsychologyReportPage;
  readonly audit: AuditPage;
  readonly receipt: ReceiptPage;
  readonly accounts: AccountsPage;
  readonly error: ErrorPage;
}
export type PageName = keyof PageData;
