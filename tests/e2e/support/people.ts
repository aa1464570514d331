import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { MemberRole } from '@/lib/server/auth';
import { createPerson } from '@/lib/server/operations/create-person';
import { inside } from './inside';
import { visit } from './visit';

interface Part {
  name: string;
  organization: { slug: string; name: string };
  roles: readonly MemberRole[];
}

const BOARD = { slug: 'eastmere-schools', name: 'Eastmere School Board' };
const PANEL = { slug: 'eastmere-panel', name: 'Panel of Kitchen Engineers' };

/** Everybody of the main job. The officer may approve too, but never what she asked for herself. */
export const PARTS = {
  officer: { name: 'Ada Brandt', organization: BOARD, roles: ['officer', 'approver'] },
  approver: { name: 'Noor Haddad', organization: BOARD, roles: ['approver'] },
  regulator: {
    name: 'Lena Fischer',
    organization: { slug: 'eastmere-oversight', name: 'Eastmere Oversight Authority' },
    roles: ['regulator'],
  },
  observer: {
    name: 'Kofi Mensah',
    organization: { slug: 'open-kitchen-watch', name: 'Open Kitchen Watch' },
    roles: ['observer'],
  },
  halden: {
    name: 'Sigrid Halden',
    organization: { slug: 'halden', name: 'Halden Catering Equipment' },
    roles: ['tenderer'],
  },
  forno: {
    name: 'Marco Bellini',
    organization: { slug: 'forno', name: 'Forno Professionale' },
    roles: ['tenderer'],
  },
  first: { name: 'Yara Costa', organization: PANEL, roles: ['evaluator'] },
  second: { name: 'Ivo Marek', organization: PANEL, roles: ['evaluator'] },
  third: { name: 'Tess Okoro', organization: PANEL, roles: ['evaluator'] },
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;

/** A person at a browser of its own. */
export interface Person {
  part: PartName;
  name: string;
  /** The person's identifier in records, and its organization's. */
  id: string;
  organization: { id: string; name: string };
  context: BrowserContext;
  page: Page;
}

const PASSWORD = 'correct horse battery staple';
const email = (part: PartName): string => `${part}@eastmere.example`;

/** A browser session of its own, with the clock of the registry's zone. */
export const newSession = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', acceptDownloads: true });

/** Gives everybody an account by the operator's operation, and a browser. */
export async function hire(browser: Browser): Promise<Record<PartName, Person>> {
  const people: Partial<Record<PartName, Person>> = {};
  for (const [part, { name, organization, roles }] of Object.entries(PARTS) as [PartName, Part][]) {
    const account = { name, email: email(part), password: PASSWORD, organization, roles };
    const { userId, organizationId } = await createPerson(inside().world, account);
    const context = await newSession(browser);
    people[part] = {
      part,
      name,
      id: userId,
      organization: { id: organizationId, name: organization.name },
      context,
      page: await context.newPage(),
    };
  }
  return people as Record<PartName, Person>;
}

/** Signs in on the sign-in page, and arrives at the person's work. */
export async function signIn({ part, name, page }: Person): Promise<void> {
  // Attempts are counted by address: each person sits at a machine of its own.
  const address = `192.0.2.${Object.keys(PARTS).indexOf(part) + 1}`;
  await page.route('**/api/auth/sign-in/**', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-forwarded-for': address } }),
  );
  await visit(page, '/en/sign-in');
  await page.getByLabel('E-mail address').fill(email(part));
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(`Good day, ${name}.`)).toBeVisible();
}
