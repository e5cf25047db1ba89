/** What stands around every page for the one who asks: who is signed in, where the roles lead, the token of its forms. */
import type { Request, Response } from 'express';
import type { Frame, NavigationKey } from '../reports/page-data.ts';
import type { FormTokens } from './form-token.ts';
import { mayStaff } from './policy.ts';
import type { StaffReader } from './staff-of.ts';

export interface FrameDeps {
  readonly staffOf: StaffReader['staffOf'];
  readonly tokens: FormTokens;
  readonly demonstration: boolean;
  readonly plainHttp: boolean;
  readonly timeZone: string;
}

export type FrameOf = (req: Request, res: Response) => Promise<Frame>;

const places: readonly NavigationKey[] = ['monitor', 'commission', 'psychology', 'audit', 'accounts'];

export function createFrameOf(d: FrameDeps): FrameOf {
  return async (req, res) => {
    const staff = await d.staffOf(req);
    return {
      path: req.originalUrl,
      demonstration: d.demonstration,
      plainHttp: d.plainHttp,
      person: staff && { name: staff.displayName, roles: staff.roles },
      csrfToken: d.tokens.tokenFor(req, res),
      navigation: places
        .filter((key) => mayStaff(staff?.roles ?? [], `GET /${key}`))
        .map((key) => ({
          key,
          href: `/${key}`,
          current: req.path === `/${key}` || req.path.startsWith(`/${key}/`),
        })),
      signOutAction: '/sign-out',
      timeZone: d.timeZone,
    };
  };
}

/** Where someone with these roles begins to work. */
export function homeOf(roles: Parameters<typeof mayStaff>[0]): string {
  const first = places.find((key) => mayStaff(roles, `GET /${key}`));
  return first === undefined ? '/' : `/${first}`;
}
