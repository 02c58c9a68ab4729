import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPassword } from '../access/sign-in/passwords';
import type { Config } from '../platform/config/config';

/** The password of all demo people: the one of the settings, else one made at the first start and kept in the data directory. */
export function demoPassword({ SONAE_DEMO_PASSWORD, SONAE_DATA }: Config): string {
  if (SONAE_DEMO_PASSWORD) return SONAE_DEMO_PASSWORD;
  const file = join(SONAE_DATA, 'demo-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = newPassword();
  mkdirSync(SONAE_DATA, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}
