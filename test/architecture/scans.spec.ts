import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './source-tree';

const folder = mkdtempSync(join(tmpdir(), 'sonae-scans-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, content: string): { status: number | null; stderr: string } => {
  const file = join(folder, `${script}-input.json`);
  writeFileSync(file, content);
  const { status, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`, file], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stderr };
};
const lockOf = (facts: object): string =>
  JSON.stringify({ packages: { '': { license: 'Apache-2.0' }, 'node_modules/@some/thing': facts } });

describe('the licences of packages', () => {
  it.each([
    ['GPL-3.0-only', {}],
    ['MIT AND GPL-3.0-only', {}],
    ['MPL-2.0', {}],
    ['SEE LICENSE IN file', { dev: true }],
  ])('are refused with the name of the package: %s', (license, facts) => {
    const { status, stderr } = run('licences', lockOf({ license, ...facts }));
    expect(status).toBe(1);
    expect(stderr).toContain(`@some/thing: ${license}`);
  });

  it('must be stated', () => {
    expect(run('licences', lockOf({}))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('@some/thing: no licence stated') as string,
    });
  });

  it.each([
    ['(GPL-3.0-only OR MIT)', {}],
    ['MIT AND ISC', {}],
    ['MPL-2.0', { dev: true }],
  ])('are fine: %s', (license, facts) => {
    expect(run('licences', lockOf({ license, ...facts }))).toEqual({ status: 0, stderr: '' });
  });

  it('cannot be fine where there is no package at all', () => {
    expect(run('licences', JSON.stringify({ packages: {} })).status).toBe(1);
  });
});

describe('the search for secrets', () => {
  // Put together here, so that this file is not a finding itself.
  const key = [
    '-----BEGIN RSA ',
    'PRIVATE KEY-----\n',
    'MIIEpAIBAAKCAQEA'.repeat(40),
    '\n-----END RSA ',
    'PRIVATE KEY-----',
  ];
  const database = ['postgres://sonae:', 'Tr0ub4dor', '@db.example/sonae'];

  it.each([
    ['a private key', key.join('')],
    ['a password in an address', database.join('')],
  ])('finds %s, and does not print it', (_what, secret) => {
    const { status, stderr } = run('secrets', `{ "setting": ${JSON.stringify(secret)} }`);
    expect(status).toBe(1);
    expect(stderr).toContain('secrets-input.json');
    expect(stderr).not.toContain(secret);
  });

  it('leaves in peace what is none', () => {
    expect(run('secrets', '{ "password": null }')).toEqual({ status: 0, stderr: '' });
  });
});
