import { expect, type Locator, type Page } from '@playwright/test';

/** Whether React has taken over everything that can be clicked: before that, what is typed goes nowhere. */
const alive = (): boolean =>
  [...document.querySelectorAll('main :is(button, input, select, textarea, a)')].every((element) =>
    Object.keys(element).some((key) => key.startsWith('__reactProps')),
  );

/** Waits until the page answers to clicks. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(alive);
}

/** Opens a page and waits until it answers to clicks. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilAlive(page);
}

/** Presses the button and confirms in the dialog, whose button has the same name. */
export async function confirm(place: Locator | Page, name: string): Promise<void> {
  const page = 'page' in place ? place.page() : place;
  await place.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}
