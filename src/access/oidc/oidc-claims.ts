/** What a provider says of a person, as far as it is used here. */
export interface OidcClaims {
  issuer: string;
  subject: string;
  sid: string | null;
  /** Lower case; null when the provider tells none. */
  email: string | null;
  emailVerified: boolean;
  displayName: string | null;
  groups: string[];
  secondFactor: boolean;
}

type RawClaims = Readonly<Record<string, unknown>>;

/**
 * Reads the claims of an ID token and, where it lacks them, of the userinfo endpoint.
 * @param groupsClaim name of the claim that lists groups; a single text counts as one group
 * @param trusted values of `amr` and `acr` that are believed to mean a second factor; empty when none is
 */
export function readClaims(
  idToken: RawClaims,
  userInfo: RawClaims,
  groupsClaim: string,
  trusted: readonly string[],
): OidcClaims {
  const claim = (name: string): unknown => idToken[name] ?? userInfo[name];
  const said = [...textsOf(idToken.amr), ...textsOf(idToken.acr)];
  // An address is only as verified as the answer that names it says.
  const emailSource = idToken.email === undefined ? userInfo : idToken;
  return {
    issuer: String(idToken.iss),
    subject: String(idToken.sub),
    sid: textOf(idToken.sid),
    email: textOf(emailSource.email)?.toLowerCase() ?? null,
    emailVerified: emailSource.email_verified === true,
    displayName: textOf(claim('name')) ?? textOf(claim('preferred_username')),
    groups: [...new Set(textsOf(claim(groupsClaim)))],
    secondFactor: said.some((value) => trusted.includes(value)),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((part): part is string => typeof part === 'string' && part !== '');
}
