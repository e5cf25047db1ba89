/**
 * The one table of refusals and faults: every code a client can receive, its HTTP status, how loudly it is logged. The words people
 * read are in templates/texts/errors.json under the same code, in three languages; a test proves that table, texts and docs agree.
 */
export const errors = {
  BAD_SHAPE: { status: 400, level: 'warn', about: 'the message does not have the shape of the contract' },
  TOO_LARGE: { status: 413, level: 'warn', about: 'the message or file is larger than allowed' },
  BAD_ORIGIN: { status: 403, level: 'warn', about: 'the request comes from a page of another site' },
  BAD_CSRF: { status: 403, level: 'warn', about: 'the form is stale or was not made by this server' },
  NOT_SIGNED_IN: { status: 401, level: 'info', about: 'no valid session or terminal cookie' },
  SIGN_IN_FAILED: {
    status: 401,
    level: 'warn',
    about: 'unknown name or wrong password: the same words for both',
  },
  CODE_REFUSED: {
    status: 401,
    level: 'warn',
    about: 'unknown, used or expired code: the same words for all',
  },
  TOO_MANY_TRIES: { status: 429, level: 'warn', about: 'too many attempts to sign in; wait' },
  FORBIDDEN: { status: 403, level: 'warn', about: 'the role may not do this' },
  NOT_FOUND: { status: 404, level: 'info', about: 'there is nothing at this address' },
  LINK_SPENT: { status: 410, level: 'warn', about: 'the set-up link was used or has expired' },
  WEAK_PASSWORD: {
    status: 422,
    level: 'info',
    about: 'the password is shorter than 12 characters or repeats the name',
  },
  NAME_TAKEN: { status: 409, level: 'info', about: 'an account of this name exists' },
  SUPERSEDED: {
    status: 409,
    level: 'info',
    about: 'the attempt goes on at another terminal or in another window',
  },
  WRONG_STATE: { status: 409, level: 'info', about: 'the attempt is not at this step' },
  NOT_ADMITTED: { status: 409, level: 'info', about: 'the operator has not admitted the employee yet' },
  NOT_OPEN: { status: 409, level: 'info', about: 'the section is not open' },
  LATE: {
    status: 409,
    level: 'info',
    about: 'received after the time was up: kept beside the journal, not scored',
  },
  UNKNOWN_ITEM: { status: 422, level: 'warn', about: 'the item is not in the open section of this attempt' },
  BAD_ANSWER: { status: 422, level: 'warn', about: 'the value is not a possible answer to this item' },
  SEQ_REUSED: { status: 409, level: 'warn', about: 'the number of this message was used with other content' },
  LANGUAGE_FIXED: { status: 409, level: 'info', about: 'this section stays in the language it was begun in' },
  STORAGE: { status: 503, level: 'error', about: 'the store could not save; nothing was acknowledged' },
  BUSY: { status: 503, level: 'warn', about: 'the server is starting or overloaded; try again' },
  INTERNAL: { status: 500, level: 'error', about: 'a fault of the program; errorId finds it in the log' },
} as const satisfies Record<string, { status: number; level: 'info' | 'warn' | 'error'; about: string }>;

export type ErrorCode = keyof typeof errors;

/** An expected "no": thrown by acts, caught at the two edges only (wire/bind and the express middleware). */
export class Refusal<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  /** what the log may know besides the code: never a value that the person sent */
  readonly detail: string;
  constructor(code: C, detail = '') {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
  }
}
