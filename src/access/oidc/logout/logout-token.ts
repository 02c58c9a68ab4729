import { createPublicKey, type JsonWebKey, verify, constants, type VerifyKeyObjectInput } from 'node:crypto';

/** Whom a provider signs out: one of its sessions, or every session of a subject. */
export interface Logout {
  issuer: string;
  subject: string | null;
  sid: string | null;
  jti: string;
  expiresAt: Date;
}

export interface ProviderKey extends JsonWebKey {
  kid?: string;
  use?: string;
  alg?: string;
}

export interface Expected {
  issuer: string;
  clientId: string;
  now: Date;
}

/** Thrown with the reason why a logout token is not believed. */
export class LogoutTokenError extends Error {}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const TOLERANCE_S = 60;
/** A token without `exp`, or with a late one, is believed for so long after it was made. */
const LONGEST_S = 600;

const HASHES: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };

/** The id of the key that a token says it is signed with; undefined when it says none or is no token. */
export function keyIdOf(token: string): string | undefined {
  const kid = (decoded(token.split('.')[0]) as { kid?: unknown } | undefined)?.kid;
  return typeof kid === 'string' ? kid : undefined;
}

/**
 * Reads a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6): signed by one of the provider's keys, for this client, fresh,
 * and really about a logout.
 * @throws LogoutTokenError
 */
export function readLogoutToken(token: string, keys: readonly ProviderKey[], expected: Expected): Logout {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const [header, claims] = [decoded(head), decoded(body)];
  if (rest.length > 0 || !header || !claims) throw new LogoutTokenError('it is no token');
  if (header.typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(String(header.typ)))
    throw new LogoutTokenError('it is of another type');
  requireSignature(header, `${head}.${body}`, Buffer.from(signature, 'base64url'), keys);
  const { iss, aud, sub, sid, jti, iat, exp, events, nonce } = claims;
  const nowS = expected.now.getTime() / 1000;
  if (iss !== expected.issuer) throw new LogoutTokenError('it is of another issuer');
  if (![aud].flat().includes(expected.clientId)) throw new LogoutTokenError('it is for another client');
  if (typeof iat !== 'number' || iat > nowS + TOLERANCE_S || iat < nowS - LONGEST_S)
    throw new LogoutTokenError('it is not fresh');
  if (exp !== undefined && (typeof exp !== 'number' || exp < nowS - TOLERANCE_S))
    throw new LogoutTokenError('it has expired');
  if (!events || typeof events !== 'object' || !(EVENT in events)) throw new LogoutTokenError('it is about no logout');
  if (nonce !== undefined) throw new LogoutTokenError('it has a nonce, as an ID token has');
  if (typeof jti !== 'string' || jti === '') throw new LogoutTokenError('it has no id');
  const [subject, session] = [textOf(sub), textOf(sid)];
  if (subject === null && session === null) throw new LogoutTokenError('it names nobody');
  const expiresAt = new Date((iat + LONGEST_S + TOLERANCE_S) * 1000);
  return { issuer: expected.issuer, subject, sid: session, jti, expiresAt };
}

function requireSignature(
  { alg, kid }: Record<string, unknown>,
  signed: string,
  signature: Buffer,
  keys: readonly ProviderKey[],
): void {
  const [, family = '', bits = ''] = /^(RS|PS|ES)(256|384|512)$/.exec(String(alg)) ?? [];
  const hash = HASHES[bits];
  if (!hash) throw new LogoutTokenError(`${String(alg)} is no signature that is accepted`);
  const type = family === 'ES' ? 'EC' : 'RSA';
  const fitting = keys.filter(
    (key) =>
      key.kty === type &&
      (kid === undefined || key.kid === kid) &&
      (key.use ?? 'sig') === 'sig' &&
      (key.alg ?? alg) === alg,
  );
  const how: Partial<VerifyKeyObjectInput> =
    family === 'ES'
      ? { dsaEncoding: 'ieee-p1363' }
      : family === 'PS'
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : {};
  const isSigned = fitting.some((key) =>
    verify(hash, Buffer.from(signed), { key: createPublicKey({ key, format: 'jwk' }), ...how }, signature),
  );
  if (!isSigned) throw new LogoutTokenError('no key of the provider signed it');
}

function decoded(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
