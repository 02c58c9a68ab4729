import { createHash } from 'node:crypto';
import { hashOfSecret, newSecret } from './secret';

const PREFIX = 'sonae_';

describe('a new secret', () => {
  it('has its prefix, 256 random bits and a checksum, all in letters and digits', () => {
    expect(newSecret(PREFIX).secret).toMatch(/^sonae_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/);
  });

  it('is never the same twice', () => {
    const secrets = Array.from({ length: 200 }, () => newSecret(PREFIX).secret);
    expect(new Set(secrets).size).toBe(200);
  });

  it('is kept as its SHA-256, and known by its beginning', () => {
    const { secret, hash, hint } = newSecret(PREFIX);
    expect(hash).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(hint).toBe(secret.slice(0, 10));
  });
});

describe('a text that is presented', () => {
  const { secret, hash } = newSecret(PREFIX);

  it('has the hash that was kept when it is the secret', () => {
    expect(hashOfSecret(PREFIX, secret)).toBe(hash);
  });

  const lastDigit = secret.endsWith('0') ? '1' : '0';
  it.each([
    ['nothing', ''],
    ['the prefix alone', PREFIX],
    ['another prefix', secret.replace(PREFIX, 'other_')],
    ['the prefix of something else', `x${secret}`],
    ['a part of it', secret.slice(0, -1)],
    ['more than it', `${secret}0`],
    ['a mistyped digit in the checksum', secret.slice(0, -1) + lastDigit],
    ['two digits that changed places', PREFIX + `01${secret.slice(8)}`],
  ])('is no secret when it is %s', (_what, text) => {
    expect(hashOfSecret(PREFIX, text)).toBeNull();
  });
});
