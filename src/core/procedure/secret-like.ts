/** What a passage looks like that should not be written into a procedure. */
export const SECRET_KINDS = ['PRIVATE_KEY', 'ACCESS_KEY', 'TOKEN', 'PASSWORD', 'PASSWORD_IN_ADDRESS'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** Where something that looks like a secret stands. The secret itself is not repeated. */
export interface SecretLike {
  kind: SecretKind;
  /** Counted from 1. */
  line: number;
}

const KINDS: [SecretKind, RegExp][] = [
  ['PRIVATE_KEY', /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----/],
  ['ACCESS_KEY', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}\b/],
  [
    'TOKEN',
    /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.)/,
  ],
  ['PASSWORD_IN_ADDRESS', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@<{$]{1,100}:([^\s/@<{$*]{1,100})@/i],
  [
    'PASSWORD',
    /(?:pass(?:word|wd)?|secret|api[_-]?key|パスワード|暗証番号)["'`]?\s*[:=：＝]\s*["'`]?((?![<>{}$*])[\x21-\x7e]{6,})/i,
  ],
];

/** What stands where a secret would, to be filled in by the reader. */
const PLACEHOLDER =
  /^(?:x+|\.+|_+|-+|your|my|the|some|change|example|placeholder|redacted|password|secret|null|none|true|false)/i;

/**
 * Lines that seem to hold a key or a password. A hint for the writer, not a proof: placeholders such as `<password>`, `$PASSWORD`
 * and `****` are passed over, and what looks like ordinary words is not found.
 */
export function secretLikes(text: string): SecretLike[] {
  return text.split(/\r?\n/).flatMap((line, index): SecretLike[] => {
    const found = KINDS.find(([, pattern]) => {
      const match = pattern.exec(line);
      return match !== null && !(match[1] !== undefined && PLACEHOLDER.test(match[1]));
    });
    return found ? [{ kind: found[0], line: index + 1 }] : [];
  });
}
