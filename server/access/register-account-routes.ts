/** The administrator's page of accounts. */
import type { Express, Request, Response } from 'express';
import type { ErrorCode } from '../errors.ts';
import { changeRoles } from './acts/change-roles.ts';
import { createAccount } from './acts/create-account.ts';
import { disableAccount } from './acts/disable-account.ts';
import { languageOf } from './language-of.ts';
import { chosenRoles, readAccount, readEmpty, readRoles } from './read-form.ts';
import { problemFor, type AccessRoutes } from './register-access-routes.ts';
import { signedIn } from './require-act.ts';
import { roles } from './roles.ts';

export function registerAccountRoutes(app: Express, d: AccessRoutes): void {
  async function show(req: Request, res: Response, name: string, problem: ErrorCode | null): Promise<void> {
    const self = (await signedIn(d.staffOf, req)).accountId;
    const frame = await d.frameOf(req, res);
    const accounts = (await d.access.accounts.list()).map((a) => ({
      name: a.name,
      roles: a.roles,
      disabled: a.disabledAt !== null,
      rolesAction: `/accounts/${a._id}/roles`,
      disableAction: a._id === self || a.disabledAt !== null ? null : `/accounts/${a._id}/disable`,
    }));
    const data = { createAction: '/accounts', name, roles, problem, accounts };
    res.type('html').send(d.show('accounts', frame, data, languageOf(req)));
  }

  app.get('/accounts', d.requireAct('GET /accounts'), (req, res) => show(req, res, '', null));

  app.post('/accounts', d.requireAct('POST /accounts'), async (req, res) => {
    const form = readAccount(req.body);
    const { accountId } = await signedIn(d.staffOf, req);
    try {
      await createAccount(
        d.access,
        { ...form, displayName: form.name, roles: chosenRoles(form.role) },
        accountId,
      );
    } catch (e) {
      const problem = problemFor(d, res, e);
      return show(req, res, form.name, problem);
    }
    res.redirect(303, '/accounts');
  });

  app.post('/accounts/:id/roles', d.requireAct('POST /accounts/:id/roles'), async (req, res) => {
    const { role } = readRoles(req.body);
    const { accountId } = await signedIn(d.staffOf, req);
    await changeRoles(d.access, String(req.params.id), chosenRoles(role), accountId);
    res.redirect(303, '/accounts');
  });

  app.post('/accounts/:id/disable', d.requireAct('POST /accounts/:id/disable'), async (req, res) => {
    readEmpty(req.body);
    const { accountId } = await signedIn(d.staffOf, req);
    await disableAccount(d.access, String(req.params.id), accountId);
    res.redirect(303, '/accounts');
  });
}
