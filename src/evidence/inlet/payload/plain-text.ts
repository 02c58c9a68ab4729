const MASK = '***';

/** Credentials as they stand in addresses, options, variables, headers and connection strings of backup tools. */
const SECRETS: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,200}:)[^\s/@]{1,200}@/gi, `$1${MASK}@`],
  [
    /\b([\w-]{0,60}(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|credential)[\w-]{0,40}["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"',;&]{1,500}/gi,
    `$1${MASK}`,
  ],
  [/(--?(?:password|passphrase|token|secret)[= ])\S{1,500}/gi, `$1${MASK}`],
  // A password right behind its option, and one that is the next word.
  [/\b((?:mysql|mariadb|mariabackup|xtrabackup)[\w-]{0,20} [^\n|;&]{0,300}?(?<= )-p)(?![\s=])\S{1,200}/g, `$1${MASK}`],
  [/\b((?:sshpass|mongo[a-z]{0,10}) [^\n|;&]{0,300}?(?<= )-p ?)\S{1,200}/g, `$1${MASK}`],
  [/\b(Bearer|Basic)\s{1,3}[\w.~+/=-]{8,2000}/gi, `$1 ${MASK}`],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, MASK],
  [/\b([?&](?:sig|signature|X-Amz-Signature|X-Amz-Credential)=)[^&\s]{1,500}/gi, `$1${MASK}`],
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g, MASK],
];

/** The text with whatever looks like a credential replaced by `***`. */
export function maskSecrets(text: string): string {
  return SECRETS.reduce((masked, [secret, replacement]) => masked.replace(secret, replacement), text);
}

/** The text without control characters other than line ends and tabs, well-formed, trimmed, and no longer than `max` bytes of UTF-8. */
export function plainText(text: string, max: number): string {
  const plain = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .trim();
  if (Buffer.byteLength(plain) <= max) return plain;
  // A character that is cut in half decodes as U+FFFD.
  return Buffer.from(plain)
    .subarray(0, max)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
}
