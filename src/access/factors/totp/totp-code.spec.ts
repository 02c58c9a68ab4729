import { Secret } from 'otpauth';
import { newTotpSecret, stepOfCode, totpUri } from './totp-code';

/** The secret of the examples in RFC 6238, appendix B, and the last six digits of one of them. */
const RFC_SECRET = Secret.fromUTF8('12345678901234567890').base32;
const AT = new Date(1_111_111_109_000);
const CODE = '081804';

describe('a one-time code', () => {
  it('is the one of RFC 6238', () => {
    expect(stepOfCode(RFC_SECRET, CODE, AT)).toBe(37_037_036);
  });

  it.each([
    ['30 seconds early', -30, 37_037_036],
    ['30 seconds late', 30, 37_037_036],
    ['a minute early', -60, null],
    ['a minute late', 60, null],
  ])('belongs to its own half minute when it comes %s', (_case, seconds, step) => {
    expect(stepOfCode(RFC_SECRET, CODE, new Date(AT.getTime() + seconds * 1000))).toBe(step);
  });

  it.each(['081805', '81804', '', 'abcdef', '0818041'])('is not %j', (code) => {
    expect(stepOfCode(RFC_SECRET, code, AT)).toBeNull();
  });
});

describe('a new secret', () => {
  it('has 160 bits and is never the same twice', () => {
    const secrets = Array.from({ length: 100 }, newTotpSecret);
    expect(secrets[0]).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(secrets).size).toBe(100);
  });

  it('is written as apps read it', () => {
    expect(totpUri(RFC_SECRET, 'sato@office.example')).toBe(
      `otpauth://totp/Sonae:sato%40office.example?issuer=Sonae&secret=${RFC_SECRET}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
