/** Routes of signing in and out, of the set-up link, of the terminal's code and of the accounts. */
import type { Express, Request, Response } from 'express';
import { errors, Refusal, type ErrorCode } from '../errors.ts';
import type { renderPage } from '../reports/render-page.ts';
import type { Access } from './access.ts';
import { accountName } from './acts/create-account.ts';
import { completeSetup } from './acts/complete-setup.ts';
import { setupLinkId } from './acts/create-setup-link.ts';
import { signIn } from './acts/sign-in.ts';
import { takeTerminalCode, type TerminalAccess } from './acts/take-terminal-code.ts';
import { knownCookie, seatCookie, sessionCookie, setCookie } from './cookies.ts';
import { visitOf } from './form-token.ts';
import { homeOf, type FrameOf } from './frame-of.ts';
import { knownBrowserLifeMs, type KnownBrowsers } from './known-browser.ts';
import { languageOf } from './language-of.ts';
import { nextPath } from './next-path.ts';
import { readEmpty, readSetUp, readSignIn, readTerminalSignIn, readTryAs } from './read-form.ts';
import { signedIn, type RequireAct } from './require-act.ts';
import { seatLifeMs } from './seats.ts';
import type { Log } from './send-refusal.ts';
import type { StaffReader } from './staff-of.ts';
import type { StaffSessions } from './staff-sessions.ts';
import { TooManyTries } from './too-many-tries.ts';

export interface AccessRoutes {
  readonly access: Access;
  readonly terminal: TerminalAccess;
  readonly sessions: StaffSessions;
  readonly staffOf: StaffReader['staffOf'];
  readonly requireAct: RequireAct;
  readonly frameOf: FrameOf;
  readonly known: KnownBrowsers;
  readonly show: typeof renderPage;
  readonly log: Log;
  /** the store is a demonstration: one button per role signs in without a password */
  readonly demonstration: boolean;
}

/** Refusals that are answered with the form itself, so that the person can try again. */
const formCodes = new Set<ErrorCode>([
  'SIGN_IN_FAILED',
  'TOO_MANY_TRIES',
  'BUSY',
  'WEAK_PASSWORD',
  'NAME_TAKEN',
  'BAD_SHAPE',
]);

/** The code of a refusal that the form can show, with its status set. @throws everything else */
export function problemFor(d: Pick<AccessRoutes, 'log'>, res: Response, e: unknown): ErrorCode {
  if (!(e instanceof Refusal)) throw e;
  const code: ErrorCode = e.code;
  if (!formCodes.has(code)) throw e;
  if (e instanceof TooManyTries) res.setHeader('Retry-After', String(e.retryAfterS));
  res.status(errors[code].status);
  d.log(errors[code].level, { code, detail: e.detail }, 'refused');
  return code;
}

export function registerAccessRoutes(app: Express, d: AccessRoutes): void {
  registerSignIn(app, d);
  registerSetUp(app, d);
  registerTerminalSignIn(app, d);
  if (d.demonstration) registerTryAs(app, d);
}

function registerSignIn(app: Express, d: AccessRoutes): void {
  async function showForm(
    req: Request,
    res: Response,
    data: { name: string; next: string; problem: ErrorCode | null },
  ): Promise<void> {
    const frame = await d.frameOf(req, res);
    res.type('html').send(d.show('sign-in', frame, { action: '/sign-in', ...data }, languageOf(req)));
  }

  app.get('/sign-in', d.requireAct('GET /sign-in'), async (req, res) => {
    const next = nextPath(req.query.next);
    const staff = await d.staffOf(req);
    if (staff) res.redirect(303, next === '/' ? homeOf(staff.roles) : next);
    else await showForm(req, res, { name: '', next, problem: null });
  });

  app.post('/sign-in', d.requireAct('POST /sign-in'), async (req, res) => {
    const form = readSignIn(req.body);
    const next = nextPath(form.next);
    try {
      const knownBrowser = d.known.known(accountName(form.name), req.headers.cookie);
      const { accountId, name } = await signIn(d.access, { ...form, knownBrowser });
      await d.sessions.begin(req, accountId, d.access.clock.now());
      setCookie(req, res, knownCookie, d.known.mark(name), knownBrowserLifeMs);
    } catch (e) {
      const problem = problemFor(d, res, e);
      return showForm(req, res, { name: form.name, next, problem });
    }
    const staff = await signedIn(d.staffOf, req);
    res.redirect(303, next === '/' ? homeOf(staff.roles) : next);
  });

  app.post('/sign-out', d.requireAct('POST /sign-out'), async (req, res) => {
    readEmpty(req.body);
    const { accountId } = await signedIn(d.staffOf, req);
    await d.sessions.end(req);
    await d.access.audit.append('signed-out', { account: accountId });
    d.access.staffChanged(accountId);
    res.clearCookie(sessionCookie, { path: '/' });
    res.redirect(303, '/');
  });
}

function registerTryAs(app: Express, d: AccessRoutes): void {
  app.post('/try-as', d.requireAct('POST /try-as'), async (req, res) => {
    const { role } = readTryAs(req.body);
    const account = (await d.access.accounts.list()).find(
      (a) => a.disabledAt === null && a.roles.includes(role),
    );
    if (account === undefined) throw new Refusal('NOT_FOUND');
    await d.access.audit.append('signed-in', { account: account._id });
    await d.sessions.begin(req, account._id, d.access.clock.now());
    res.redirect(303, homeOf([role]));
  });
}

function registerSetUp(app: Express, d: AccessRoutes): void {
  type SetUpProblem = ErrorCode | 'DIFFERENT' | null;
  async function showForm(req: Request, res: Response, name: string, problem: SetUpProblem): Promise<void> {
    const frame = await d.frameOf(req, res);
    res.type('html').send(d.show('set-up', frame, { action: req.path, name, problem }, languageOf(req)));
  }

  app.get('/setup/:token', d.requireAct('GET /setup/:token'), async (req, res) => {
    const valid = await d.access.accounts.linkValid(
      setupLinkId(String(req.params.token)),
      d.access.clock.now(),
    );
    if (!valid) throw new Refusal('LINK_SPENT');
    await showForm(req, res, '', null);
  });

  app.post('/setup/:token', d.requireAct('POST /setup/:token'), async (req, res) => {
    const form = readSetUp(req.body);
    if (form.password !== form.repeat) {
      res.status(422);
      return showForm(req, res, form.name, 'DIFFERENT');
    }
    try {
      await completeSetup(d.access, String(req.params.token), { ...form, displayName: form.name });
    } catch (e) {
      const problem = problemFor(d, res, e);
      return showForm(req, res, form.name, problem);
    }
    res.redirect(303, '/sign-in');
  });
}

function registerTerminalSignIn(app: Express, d: AccessRoutes): void {
  app.post('/terminal/sign-in', d.requireAct('POST /terminal/sign-in'), async (req, res) => {
    const { code } = readTerminalSignIn(req.body);
    const { cookie } = await takeTerminalCode(d.terminal, code, visitOf(req.headers.cookie));
    setCookie(req, res, seatCookie, cookie, seatLifeMs);
    res.json({ ok: true });
  });
}
