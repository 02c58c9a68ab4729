import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { keyIdOf, LogoutTokenError, type ProviderKey, readLogoutToken } from './logout-token';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEYS: ProviderKey[] = [
  { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' },
  { ...elliptic.publicKey.export({ format: 'jwk' }), kid: 'k2' },
];
const NOW = new Date('2026-11-23T00:00:00Z');
const EXPECTED = { issuer: 'https://id.example', clientId: 'sonae', now: NOW };
const CLAIMS = {
  iss: 'https://id.example',
  aud: 'sonae',
  iat: NOW.getTime() / 1000,
  exp: NOW.getTime() / 1000 + 120,
  jti: 'j1',
  sub: 's1',
  sid: 'sid1',
  events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
};

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: object, header: object = { alg: 'RS256', kid: 'k1', typ: 'logout+jwt' }, key = privateKey) {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${signatureOf(text, key)}`;
}

function signatureOf(text: string, key: KeyObject): string {
  return createSign('sha256').update(text).sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

const read = (token: string) => readLogoutToken(token, KEYS, EXPECTED);

describe('a logout token', () => {
  it('names the session that its provider ends', () => {
    expect(read(signed(CLAIMS))).toEqual({
      issuer: 'https://id.example',
      subject: 's1',
      sid: 'sid1',
      jti: 'j1',
      expiresAt: new Date('2026-11-23T00:11:00Z'),
    });
  });

  it.each([
    ['a list of audiences', { ...CLAIMS, aud: ['other', 'sonae'] }],
    ['a subject alone', { ...CLAIMS, sid: undefined }],
    ['a session alone', { ...CLAIMS, sub: undefined }],
    ['no end', { ...CLAIMS, exp: undefined }],
  ])('is believed with %s', (_case, claims) => {
    expect(read(signed(claims)).jti).toBe('j1');
  });

  it('may be signed by an elliptic key, and without naming it', () => {
    expect(read(signed(CLAIMS, { alg: 'ES256' }, elliptic.privateKey)).sid).toBe('sid1');
  });

  it('tells its key', () => {
    expect(keyIdOf(signed(CLAIMS))).toBe('k1');
    expect(keyIdOf('nonsense')).toBeUndefined();
  });

  const none = `${encoded({ alg: 'none' })}.${encoded(CLAIMS)}.`;
  it.each<[string, string]>([
    ['nonsense', 'a.b.c'],
    ['nothing', ''],
    ['signed by a foreign key', signed(CLAIMS, undefined, foreign)],
    ['not signed', none],
    ['signed with the public key as a secret', signed(CLAIMS, { alg: 'HS256', kid: 'k1' })],
    ['signed by a key that the provider does not have', signed(CLAIMS, { alg: 'RS256', kid: 'k9' })],
    ['changed after it was signed', signed(CLAIMS).replace(/\.[^.]+\./, `.${encoded({ ...CLAIMS, sid: 'x' })}.`)],
    ['of another type', signed(CLAIMS, { alg: 'RS256', kid: 'k1', typ: 'at+jwt' })],
    ['of another issuer', signed({ ...CLAIMS, iss: 'https://other.example' })],
    ['for another client', signed({ ...CLAIMS, aud: ['other'] })],
    ['of the future', signed({ ...CLAIMS, iat: CLAIMS.iat + 120 })],
    ['old', signed({ ...CLAIMS, iat: CLAIMS.iat - 601 })],
    ['without a time', signed({ ...CLAIMS, iat: undefined })],
    ['expired', signed({ ...CLAIMS, exp: CLAIMS.iat - 61 })],
    ['an ID token', signed({ ...CLAIMS, nonce: 'n' })],
    ['about nothing', signed({ ...CLAIMS, events: {} })],
    ['without an id', signed({ ...CLAIMS, jti: undefined })],
    ['about nobody', signed({ ...CLAIMS, sub: undefined, sid: undefined })],
  ])('is not believed when it is %s', (_case, token) => {
    expect(() => read(token)).toThrow(LogoutTokenError);
  });
});
