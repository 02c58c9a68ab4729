import { randomBytes } from 'node:crypto';
import { argon2id, hash, needsRehash, verify } from 'argon2';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const STRENGTH = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

/** What is checked when there is no such account, so that the time it takes tells nothing. */
let nobodysHash: Promise<string> | undefined;

/** argon2id in PHC form. The same characters typed on different machines count as the same. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), STRENGTH);
}

/** Whether `password` belongs to `passwordHash`; takes as long when there is no hash. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(32).toString('hex'));
  const matches = await verify(passwordHash ?? (await nobodysHash), password.normalize('NFKC'));
  return matches && passwordHash !== null;
}

/** Whether a hash was made with weaker settings than today's. */
export function isOutdated(passwordHash: string): boolean {
  return needsRehash(passwordHash, STRENGTH);
}

/** A password to hand over once: 20 characters without look-alikes, 99 bits. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const bytes = [...randomBytes(80)].filter((byte) => byte < 248);
  return bytes
    .slice(0, 20)
    .map((byte) => letters[byte % letters.length])
    .join('');
}
