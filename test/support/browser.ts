import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { npmChromium, npmChromiumRunsHere, type Chromium } from './npm-chromium';

export type ChromiumKind = Chromium['kind'];

/**
 * Beyond what Playwright passes by itself (headless, no sandbox, a fresh profile removed afterwards, no first run, no
 * background networking, no component update, no sync): software rendering only, and no way out of this machine.
 */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
];

/** Without a locale of UTF-8 it cannot keep a Japanese name for a file and calls every download "download". */
const LOCALE = { LC_ALL: 'C.UTF-8' };

/** The first has no window and no extensions, and takes a fifth less work. */
const SYSTEM_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/**
 * Starts a headless Chromium: the one of the machine (`CHROMIUM_PATH`, else found in /usr/bin or on PATH), else the one
 * of the npm package. `SONAE_TEST_CHROMIUM=system` or `npm` forces one of them, CHROMIUM_PATH that one. Close it when done.
 *
 * @throws Error of one line telling what was looked for and why nothing started.
 */
export async function launchBrowser(only: ChromiumKind | undefined = forcedKind()): Promise<Browser> {
  const failures: string[] = [];
  for (const kind of only ? [only] : (['system', 'npm'] as const)) {
    if (!isThere(kind)) continue;
    try {
      const { executablePath, env } = kind === 'npm' ? await npmChromium() : systemChromium();
      return await chromium.launch({ executablePath, env: { ...env, ...LOCALE }, args: FLAGS, timeout: 30_000 });
    } catch (error) {
      failures.push(`${kind}: ${reasonOf(error)}`);
    }
  }
  throw new Error(
    `No Chromium to test with${only ? ` (only "${only}" asked for)` : ''}: ` +
      (failures.join('; ') || 'none is installed') +
      '. Install Chromium, name it in CHROMIUM_PATH, or (Linux x64) run npm install with development dependencies.',
  );
}

/** The kinds of Chromium to be found here, in the order they are tried, whether or not they start. */
export function availableChromiums(): ChromiumKind[] {
  return (['system', 'npm'] as const).filter(isThere);
}

/** Opens a page in a context of its own for the time of `use`; both are closed afterwards, whatever happened. */
export async function withPage<T>(
  browser: Browser,
  use: (page: Page) => Promise<T>,
  options?: BrowserContextOptions,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

function isThere(kind: ChromiumKind): boolean {
  return kind === 'npm' ? npmChromiumRunsHere() : systemPath() !== undefined;
}

function systemChromium(): Chromium {
  const executablePath = systemPath() ?? '';
  if (!isExecutable(executablePath)) throw new Error(`${executablePath} is no program that can be run`);
  return { kind: 'system', executablePath, env: process.env };
}

function systemPath(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = new Set(['/usr/bin', ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)]);
  return SYSTEM_NAMES.flatMap((name) => [...folders].map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function forcedKind(): ChromiumKind | undefined {
  const kind = process.env.SONAE_TEST_CHROMIUM;
  // Somebody who names a program wants that one or an error, not a silent replacement.
  if (!kind) return process.env.CHROMIUM_PATH ? 'system' : undefined;
  if (kind === 'system' || kind === 'npm') return kind;
  throw new Error(`SONAE_TEST_CHROMIUM is "${kind}", which is neither "system" nor "npm"`);
}

/** A failed start is told as a long log: keep its first line and the one in which the program itself says why. */
function reasonOf(error: unknown): string {
  const [first, ...more] = String(error instanceof Error ? error.message : error).split('\n');
  const told = more.find((line) => /\[err\]|Error:/.test(line));
  return [first, told?.replace(/^.*\[err\]\s*/, '')].filter(Boolean).join(' – ').replace(/\.$/, '');
}
