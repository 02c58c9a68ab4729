import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A secret as its holder gets it, once, and what is kept of it. */
export interface NewSecret {
  secret: string;
  /** SHA-256, in hexadecimal. A slow hash would add nothing: there are 256 random bits to guess. */
  hash: string;
  /** The beginning, by which people tell secrets apart. */
  hint: string;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const SHOWN = 4;

/**
 * A new secret: `prefix`, 256 random bits and a checksum, in letters and digits only. The prefix lets scanners of leaked secrets find it, the
 * checksum lets them, and us, tell a real one from a mistyped one without asking a database.
 */
export function newSecret(prefix: string): NewSecret {
  const random = base62(BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`), RANDOM_LENGTH);
  const secret = `${prefix}${random}${checksumOf(random)}`;
  return { secret, hash: hashOf(secret), hint: secret.slice(0, prefix.length + SHOWN) };
}

/** What is kept of the secret that `text` is; null when it cannot be one with this prefix. */
export function hashOfSecret(prefix: string, text: string): string | null {
  const random = text.slice(prefix.length, -CHECKSUM_LENGTH);
  const isSecret =
    text.startsWith(prefix) && random.length === RANDOM_LENGTH && text.slice(-CHECKSUM_LENGTH) === checksumOf(random);
  return isSecret ? hashOf(text) : null;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function checksumOf(random: string): string {
  return base62(BigInt(crc32(random)), CHECKSUM_LENGTH);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, DIGITS.charAt(0));
}
