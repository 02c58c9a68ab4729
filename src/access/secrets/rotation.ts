import type { RotatingSecret } from './rotating-secret.entity';
import type { NewSecret } from './secret';

const USE_NOTED_EVERY_MS = 60_000;

/** The columns of a row whose secret is new. */
export function firstSecret({ hash, hint }: NewSecret): Pick<RotatingSecret, 'secretHash' | 'secretHint'> {
  return { secretHash: hash, secretHint: hint };
}

/**
 * The columns after a rotation: the present secret stays valid for `graceMs` from `now`, one that was still in its grace ends. With a grace
 * of 0 the present one ends at once.
 */
export function rotated(
  { secretHash }: Pick<RotatingSecret, 'secretHash'>,
  next: NewSecret,
  now: Date,
  graceMs: number,
): Pick<RotatingSecret, 'secretHash' | 'secretHint' | 'previousHash' | 'previousUntil'> {
  return {
    ...firstSecret(next),
    previousHash: graceMs > 0 ? secretHash : null,
    previousUntil: graceMs > 0 ? new Date(now.getTime() + graceMs) : null,
  };
}

/** The SQL condition on a table with these columns: the hash at the placeholder `hash` opens the row at the instant at `now`. */
export function opensRow(table: string, hash: string, now: string): string {
  return `(${table}.secret_hash = ${hash} OR (${table}.previous_hash = ${hash} AND ${table}.previous_until > ${now}))
    AND ${table}.expires_at > ${now}`;
}

/** Whether a use at `now` is worth a write: the last one that was noted is a minute old, or there was none. */
export function isWorthNoting(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= USE_NOTED_EVERY_MS;
}
