import { firstSecret, isWorthNoting, rotated } from './rotation';
import { newSecret } from './secret';

const NOW = new Date('2026-11-23T00:00:00Z');
const HOUR_MS = 3_600_000;

describe('a rotation', () => {
  const [present, next] = [newSecret('sonae_'), newSecret('sonae_')];

  it('keeps the present secret for the grace', () => {
    expect(rotated(firstSecret(present), next, NOW, 24 * HOUR_MS)).toEqual({
      secretHash: next.hash,
      secretHint: next.hint,
      previousHash: present.hash,
      previousUntil: new Date('2026-11-24T00:00:00Z'),
    });
  });

  it('without a grace ends the present secret at once', () => {
    expect(rotated(firstSecret(present), next, NOW, 0)).toMatchObject({ previousHash: null, previousUntil: null });
  });
});

describe('a use', () => {
  it.each([
    ['the first one', null, true],
    ['one within the minute', '2026-11-22T23:59:01Z', false],
    ['one a minute later', '2026-11-22T23:59:00Z', true],
  ])('is worth noting or not: %s', (_case, lastUsedAt, worth) => {
    expect(isWorthNoting(lastUsedAt === null ? null : new Date(lastUsedAt), NOW)).toBe(worth);
  });
});
