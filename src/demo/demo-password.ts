import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPassword } from '../access/sign-in/passwords';
import type { Config } from '../platform/config/config';

/** The password that the demo people of a new database get: that of the settings, else the one kept in the data directory, else a new one; kept there. */
export function chooseDemoPassword(config: Config): string {
  const password = config.SONAE_DEMO_PASSWORD ?? keptPassword(config) ?? newPassword();
  mkdirSync(config.SONAE_DATA, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(config), `${password}\n`, { mode: 0o600 });
  return password;
}

/**
 * The password of the demo people of a database that has them. A setting that changed since then has not changed the people, so the one that
 * was kept goes first; null when this data directory knows none.
 */
export function demoPassword(config: Config): string | null {
  return keptPassword(config) ?? config.SONAE_DEMO_PASSWORD ?? null;
}

function keptPassword(config: Config): string | undefined {
  return existsSync(fileOf(config)) ? readFileSync(fileOf(config), 'utf8').trim() : undefined;
}

function fileOf({ SONAE_DATA }: Config): string {
  return join(SONAE_DATA, 'demo-password');
}
