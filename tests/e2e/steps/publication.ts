import { expect, type APIResponse, type Request } from '@playwright/test';
import type { Person } from '../support/people';
import { confirm, visit } from '../support/visit';

/** The page of approval offers whoever asked no way to approve. */
export async function expectFourEyes({ page }: Person, ocid: string): Promise<void> {
  await visit(page, `/en/tenders/${ocid}/approve`);
  await expect(page.getByText('somebody else must approve it: four eyes')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve and publish' })).toHaveCount(0);
}

/** The very request that another person's browser makes, sent with this person's session. */
async function replayAs(person: Person, request: Request): Promise<APIResponse> {
  const { cookie: _, ...headers } = await request.allHeaders();
  const sendable = Object.entries(headers).filter(
    ([name]) => !name.startsWith(':') && name !== 'content-length',
  );
  return person.context.request.post(request.url(), {
    headers: Object.fromEntries(sendable),
    data: request.postDataBuffer() ?? '',
  });
}

/**
 * Another person approves. On the way its request is sent first with the session of whoever asked for publication.
 * @returns what the server answered to that one
 */
export async function approve(approver: Person, asker: Person, ocid: string): Promise<string> {
  const { page } = approver;
  await visit(page, `/en/tenders/${ocid}/approve`);
  let replayed = '';
  await page.route('**/approve', async (route) => {
    const request = route.request();
    if (request.method() === 'POST' && replayed === '')
      replayed = await (await replayAs(asker, request)).text();
    await route.continue();
  });
  await confirm(page, 'Approve and publish');
  await page.unroute('**/approve');
  await expect(page.getByText('This tender is published')).toBeVisible({ timeout: 60_000 });
  return replayed;
}
