import { addDays } from '../../src/core/time/civil-date';
import { Config } from '../../src/platform/config/config';
import { Heartbeats } from '../../src/platform/health/heartbeats';
import { ExpiryHandler } from '../../src/views/reminders/expiry/expiry-notices';
import { issueToken } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';

const START = '2026-11-23';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp('expiry-notices', {
    now: `${START}T00:00:00Z`,
    settings: { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' },
  });
});
afterEach(() => app.stop());

/** A token that works through so many days after the start. */
async function token(days: number, name = '夜間連携'): Promise<string> {
  const { id } = await issueToken(await app.as('owner'), { name, expiresOn: addDays(START, days) });
  await app.database.query('UPDATE api_token SET created_at = $2 WHERE id = $1', [id, app.clock.now()]);
  return id;
}
/** What the worker does each morning. */
async function onDay(day: number): Promise<void> {
  app.clock.set(`${addDays(START, day)}T00:00:00Z`);
  const find = { strict: false };
  await new ExpiryHandler(app.dataSource, app.clock, app.app.get(Config, find), app.app.get(Heartbeats, find)).handle();
}
const told = async (): Promise<string[]> => {
  const rows = await app.database.query<{ kind: string; day: string; status: string }>(
    `SELECT kind, to_char(created_at, 'YYYY-MM-DD') AS day, status FROM notice WHERE user_id = $1 ORDER BY created_at, kind`,
    [app.world.people.owner],
  );
  return rows.map(({ kind, day, status }) => `${kind} ${day} ${status}`);
};

describe('an API token that ends', () => {
  it('is told to its holder 30, 14 and 7 days before and once after, each once', async () => {
    await token(40);
    for (let day = 0; day <= 60; day += 1) await onDay(day);
    expect(await told()).toEqual([
      'TOKEN_EXPIRING 2026-12-03 PENDING',
      'TOKEN_EXPIRING 2026-12-19 PENDING',
      'TOKEN_EXPIRING 2026-12-26 PENDING',
      'TOKEN_EXPIRED 2027-01-03 PENDING',
    ]);
  });

  it('stands in the inbox with its name, its last day and the way to renew it', async () => {
    await token(7, '夜間連携 2');
    await onDay(0);
    const { body } = await (await app.as('owner')).get('/me/inbox');
    expect(body.items).toMatchObject([
      {
        title: 'APIトークンの有効期限が近づいています',
        note: '夜間連携 2 (2026-11-30)',
        path: '/account',
        systemName: null,
      },
    ]);
  });

  it('is told by the latest notice alone after an outage', async () => {
    await token(40);
    await onDay(0);
    await onDay(35);
    expect(await told()).toEqual(['TOKEN_EXPIRING 2026-12-28 PENDING']);
  });

  it('is told no more once it has been revoked or given another end', async () => {
    const [revoked, renewed] = [await token(10), await token(10)];
    await onDay(3);
    expect(await told()).toHaveLength(2);
    const owner = await app.as('owner');
    expect((await owner.delete(`/api-tokens/${revoked}`, null)).status).toBe(204);
    expect((await owner.post(`/api-tokens/${renewed}/rotate`, { expiresOn: addDays(START, 90) })).status).toBeLessThan(
      300,
    );
    await onDay(4);
    expect(await told()).toEqual(['TOKEN_EXPIRING 2026-11-26 CANCELLED', 'TOKEN_EXPIRING 2026-11-26 CANCELLED']);
    await onDay(30);
    expect(await told()).toHaveLength(2);
  });
});
