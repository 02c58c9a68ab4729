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
