import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = resolve(__dirname, '..', '..', 'test-results', 'screenshots');

/**
 * Saves the full page, animations stopped, as `test-results/screenshots/<name>.png` over an older one of that name.
 *
 * @param name may hold slashes for subfolders, no extension.
 * @returns the path of the file.
 */
export async function saveScreenshot(page: Page, name: string): Promise<string> {
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}

/** The same for somebody who wants to look at the pages, with SONAE_TEST_PICTURES=1: they take a tenth of the time of a run. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.SONAE_TEST_PICTURES) await saveScreenshot(page, name);
}
