import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { Problem } from '../../platform/http/problem';
import type { ProviderKey } from './logout/logout-token';
import { type OidcClaims, readClaims } from './oidc-claims';

/** What only this installation and the provider know of one sign-in. */
export interface Secrets {
  state: string;
  nonce: string;
  codeVerifier: string;
}

const PATIENCE_S = 5;
const KEYS_KEPT_MS = 60_000;

export const CALLBACK = '/api/v1/auth/oidc/callback';

/** Speaks to the office's OpenID provider. Whatever goes wrong there is a `Problem`, and nothing takes longer than a few seconds. */
@Injectable()
export class OidcClient {
  private readonly trusted: string[];
  private discovered?: Promise<oidc.Configuration>;
  private keys?: { readAt: number; list: Promise<ProviderKey[]> };

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.trusted = config.OIDC_SECOND_FACTOR?.split(',').map((value) => value.trim()) ?? [];
  }

  /** Where the browser is sent to sign in. */
  async authorizationUrl({ state, nonce, codeVerifier }: Secrets): Promise<string> {
    const provider = await this.provider();
    return oidc.buildAuthorizationUrl(provider, {
      redirect_uri: this.publicUrl(CALLBACK),
      scope: this.config.OIDC_SCOPES,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * Redeems the code that the browser brought back, and checks the ID token: signature, issuer, audience, nonce, time.
   * @param query what follows `?` in the address that the provider sent the browser to
   */
  async redeem(query: string, { state, nonce, codeVerifier }: Secrets): Promise<OidcClaims> {
    const provider = await this.provider();
    return troubled(async () => {
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(`${this.publicUrl(CALLBACK)}?${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const idToken = tokens.claims() as oidc.IDToken;
      const hasUserInfo = provider.serverMetadata().userinfo_endpoint !== undefined;
      const isComplete = idToken.email !== undefined && idToken[this.config.OIDC_GROUPS_CLAIM] !== undefined;
      const userInfo =
        hasUserInfo && !isComplete ? await oidc.fetchUserInfo(provider, tokens.access_token, idToken.sub) : {};
      return readClaims(idToken, userInfo, this.config.OIDC_GROUPS_CLAIM, this.trusted);
    });
  }

  /** Where the browser is sent to sign out at the provider too; null when the provider has no such page. */
  async endSessionUrl(): Promise<string | null> {
    const provider = await this.provider();
    if (provider.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: this.publicUrl('/sign-in') }).href;
  }

  /** The provider's keys for signatures, read anew when `kid` is not among them, but at most once a minute. */
  async keysWith(kid: string | undefined): Promise<ProviderKey[]> {
    const now = this.clock.now().getTime();
    const known = await this.keys?.list.catch(() => undefined);
    if (known && (kid === undefined || known.some((key) => key.kid === kid))) return known;
    if (known && this.keys && now - this.keys.readAt < KEYS_KEPT_MS) return known;
    this.keys = { readAt: now, list: this.readKeys() };
    return this.keys.list;
  }

  private async readKeys(): Promise<ProviderKey[]> {
    const { jwks_uri: address } = (await this.provider()).serverMetadata();
    return troubled(async () => {
      const response = await fetch(String(address), {
        signal: AbortSignal.timeout(PATIENCE_S * 1000),
        redirect: 'error',
      });
      return ((await response.json()) as { keys: ProviderKey[] }).keys;
    });
  }

  /** What the provider says of itself, asked once; again after a failure. */
  private async provider(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER: issuer } = this.config;
    if (issuer === undefined) throw new Problem(404, 'OIDC_NOT_SET_UP');
    this.discovered ??= troubled(() => this.discover(new URL(issuer)));
    try {
      return await this.discovered;
    } catch (error) {
      this.discovered = undefined;
      throw error;
    }
  }

  private async discover(issuer: URL): Promise<oidc.Configuration> {
    const { OIDC_CLIENT_ID: id = '', OIDC_CLIENT_SECRET: secret } = this.config;
    // Signatures of ID tokens are checked although they come straight from the provider.
    const execute = [oidc.enableNonRepudiationChecks];
    if (issuer.protocol === 'http:') execute.push(oidc.allowInsecureRequests);
    return oidc.discovery(issuer, id, undefined, oidc.ClientSecretBasic(secret), { execute, timeout: PATIENCE_S });
  }

  private publicUrl(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }
}

/** Turns every trouble with the provider into a refusal with a sentence; the cause goes with it for the log. */
async function troubled<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof oidc.AuthorizationResponseError) throw because(new Problem(403, 'OIDC_REFUSED'), error);
    if (isOutOfReach(error)) throw because(new Problem(503, 'OIDC_UNAVAILABLE', { retryAfterSeconds: 30 }), error);
    throw because(new Problem(401, 'OIDC_NOT_BELIEVED'), error);
  }
}

function because(problem: Problem, cause: unknown): Problem {
  problem.cause = cause;
  return problem;
}

/** No connection, no answer in time, or an answer that says that the provider itself is in trouble; somewhere among the causes of the error. */
function isOutOfReach(error: unknown): boolean {
  const { name, message, code, status, cause } = (error ?? {}) as Partial<NodeJS.ErrnoException & { status: number }>;
  if (name === 'TimeoutError' || message === 'fetch failed' || code === 'OAUTH_TIMEOUT') return true;
  return (status ?? 0) >= 500 || (cause !== undefined && isOutOfReach(cause));
}
