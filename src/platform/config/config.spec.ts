import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config';

/** The lines of the refusal. */
function complaints(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

describe('the settings', () => {
  it('have defaults that work without any', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      SONAE_DEMO: false,
      TZ_DEFAULT: 'Asia/Tokyo',
    });
    expect(readConfig({}).DATABASE_URL).toBeUndefined();
  });

  it('that are wrong are told all at once, each by its name', () => {
    const lines = complaints({
      PORT: '70000',
      DATABASE_URL: 'mysql://db',
      TZ_DEFAULT: 'JST',
      SONAE_DEMO: 'maybe',
      LOG_LEVEL: 'loud',
      DIGEST_AT: '25:00',
    });
    expect(lines[0]).toBe('Wrong settings:');
    for (const name of ['PORT', 'DATABASE_URL', 'TZ_DEFAULT', 'SONAE_DEMO', 'LOG_LEVEL', 'DIGEST_AT'])
      expect(lines.filter((line) => line.startsWith(`  - ${name} must `))).toHaveLength(1);
    expect(lines).toHaveLength(7);
  });

  it.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('read %p as yes or no', (text, expected) => {
    expect(readConfig({ SONAE_DEMO: text }).SONAE_DEMO).toBe(expected);
  });

  it('that are empty count as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', PUBLIC_URL: '' })).toMatchObject({ PORT: 3000 });
  });

  it('may come from a file, which wins', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sonae-config-'));
    try {
      writeFileSync(join(folder, 'url'), 'postgres://from/file\n');
      const environment = { DATABASE_URL_FILE: join(folder, 'url'), DATABASE_URL: 'postgres://from/environment' };
      expect(readConfig(environment).DATABASE_URL).toBe('postgres://from/file');
      expect(complaints({ METRICS_TOKEN_FILE: join(folder, 'gone') })[1]).toMatch(/^ {2}- METRICS_TOKEN_FILE: ENOENT/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuse demo data in production', () => {
    expect(complaints({ NODE_ENV: 'production', SONAE_DEMO: '1' })[1]).toContain('SONAE_DEMO');
    expect(complaints({ NODE_ENV: 'production' })).toEqual([]);
  });

  it.each(['127.0.0.1', '10.0.0.5, 172.16.0.0/12', '::1'])('believe proxies at %s', (list) => {
    expect(readConfig({ TRUST_PROXY: list }).TRUST_PROXY).toBe(list);
  });

  it.each(['true', '*', '10.0.0.5;10.0.0.6'])('believe no proxy called %s', (list) => {
    expect(complaints({ TRUST_PROXY: list })[1]).toContain('TRUST_PROXY');
  });
});
