import { expect } from '@playwright/test';
import type { Person } from '../support/people';
import { confirm, visit } from '../support/visit';

const room = (ocid: string): string => `/en/tenders/${ocid}/evaluation`;

/** The officer ticks three people. */
export async function appointEvaluators(
  officer: Person,
  evaluators: readonly Person[],
  ocid: string,
): Promise<void> {
  const { page } = officer;
  await visit(page, room(ocid));
  const heading = page.getByRole('heading', { name: 'Appoint the evaluators' });
  await expect(heading).toBeVisible({ timeout: 60_000 });
  for (const { name } of evaluators) await page.getByRole('checkbox', { name }).check();
  await page.getByRole('button', { name: 'Appoint', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Evaluators', exact: true })).toBeVisible();
}

/** No conflict with any of the bidders. */
export async function declareInterests({ page }: Person, ocid: string): Promise<void> {
  await visit(page, room(ocid));
  await page.getByRole('radio', { name: 'No, I have none' }).check();
  await page.getByRole('button', { name: 'File the declaration' }).click();
  await expect(page.getByRole('heading', { name: 'Your score sheet' })).toBeVisible();
}

export interface Scores {
  /** Score of each quality criterion, by tenderer. */
  [tenderer: string]: Record<string, number>;
}

/** Fills one sheet, checks it and files it. */
export async function fileSheet(
  { page }: Person,
  ocid: string,
  scores: Scores,
  comment: string,
): Promise<void> {
  await visit(page, room(ocid));
  for (const [tenderer, byCriterion] of Object.entries(scores)) {
    const sheet = page.getByRole('group', { name: tenderer });
    for (const [criterion, score] of Object.entries(byCriterion))
      await sheet.getByLabel(criterion, { exact: true }).fill(String(score));
    await sheet.getByRole('textbox', { name: 'Comment' }).first().fill(comment);
  }
  await page.getByRole('button', { name: 'Check the sheet' }).click();
  await confirm(page, 'File the sheet');
}

/** Somebody else's sheet stands neither on the page nor behind the interface. */
export async function expectUnseen(others: readonly Person[], ocid: string, record: string, comment: string) {
  for (const { page, context, part } of others) {
    await page.goto(room(ocid));
    await expect(page.getByRole('heading', { name: 'Evaluation', exact: true, level: 1 })).toBeVisible();
    expect(await page.content(), part).not.toContain(comment);
    const evidence = await context.request.get(`/api/v1/evidence/${record}`);
    expect(evidence.status(), `evidence for ${part}`).toBe(404);
    const ocds = await context.request.get(`/api/v1/ocds/${ocid}`);
    expect(await ocds.text(), `release for ${part}`).not.toContain(comment);
  }
}

/** Waits for the ranking, which the officer's own browser computes again. */
export async function expectRanking({ page }: Person, ocid: string, order: readonly Person[]): Promise<void> {
  await page.goto(room(ocid));
  await expect(page.locator('[data-verdict="same"]')).toBeVisible({ timeout: 60_000 });
  for (const [position, { organization }] of order.entries())
    await expect(page.getByRole('listitem', { name: `Rank ${position + 1}` })).toContainText(
      organization.name,
    );
}

/** The officer proposes the bid ranked first, and cannot approve that alone. */
export async function propose(officer: Person, ocid: string, reasons: string): Promise<void> {
  const { page } = officer;
  await visit(page, room(ocid));
  await page.locator('[name="reasons"]').fill(reasons);
  await page.getByRole('button', { name: 'Propose the award' }).click();
  await expect(page.getByText('You proposed this award. A second person')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve the award' })).toHaveCount(0);
}

/** A second person approves the award. */
export async function approveAward({ page }: Person, ocid: string): Promise<void> {
  await visit(page, room(ocid));
  await confirm(page, 'Approve the award');
  await expect(page.getByText('Two people have decided.')).toBeVisible();
}
