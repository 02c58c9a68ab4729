import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPassword } from '../access/sign-in/passwords';
import type { Config } from '../platform/config/config';

/**
 * The password of all demo people: that of the settings, or else a new one, kept in the data directory at the first start. A setting that changes
 * later does not change the people, so the one that was kept goes first.
 */
export function demoPassword({ SONAE_DEMO_PASSWORD, SONAE_DATA }: Config): string {
  const file = join(SONAE_DATA, 'demo-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = SONAE_DEMO_PASSWORD ?? newPassword();
  mkdirSync(SONAE_DATA, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}
