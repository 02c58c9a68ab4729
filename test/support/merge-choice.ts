import type { Locator, Page } from 'playwright-core';
import { axeViolations } from './axe';
import { keepPicture } from './screenshots';
import type { Visit } from './stage';

export interface Contest {
  /** The button that saves the form. */
  save: string;
  /** Fields that both have changed, as the dialog calls them; mine are chosen. */
  contested: string[];
  /** What is to be read in the dialog. */
  reads: string[];
  picture: string;
}

const radios = (dialog: Locator, name: string) => dialog.getByRole('radiogroup', { name }).getByRole('radio');

/** Saves, compares, is asked for what is open, and takes mine where both have changed it. */
export async function choose(
  { page, words }: Visit,
  { save: name, contested, reads, picture }: Contest,
): Promise<void> {
  await page.getByRole('button', { name, exact: true }).last().click();
  await settle(page, words('backupProfiles.apply'), words('stale.merge'));
  await page.getByRole('button', { name: words('stale.merge') }).click();
  const dialog = page.getByRole('dialog', { name: words('merge.title') });
  await dialog.waitFor();
  for (const text of reads) await dialog.getByText(text).first().waitFor();
  await dialog.getByRole('button', { name: words('merge.save') }).click();
  await dialog
    .getByRole('alert')
    .getByText(words('merge.open', { count: contested.length }))
    .waitFor();
  for (const field of contested) {
    await radios(dialog, words('merge.contested', { field })).first().focus();
    await page.keyboard.press('Space');
  }
  await keepPicture(page, `merge/${picture}`);
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: words('merge.save') }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** A profile is previewed before it is saved; other forms are saved at once. */
async function settle(page: Page, apply: string, compare: string): Promise<void> {
  const [preview, stale] = [page.getByRole('button', { name: apply }), page.getByRole('button', { name: compare })];
  await preview.or(stale).first().waitFor();
  if (await preview.isVisible()) await preview.click();
}
