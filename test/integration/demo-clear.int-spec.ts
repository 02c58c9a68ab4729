import { type DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities';
import { buildDataSource } from '../../src/platform/database/data-source';
import { type DemoApp, startDemoApp } from '../support/app';
import { eventually } from '../support/eventually';

describe('clearing the demo', () => {
  let app: DemoApp;
  let worker: DataSource;

  beforeAll(async () => {
    app = await startDemoApp('demo clear', { now: '2026-11-26T03:00:00Z' });
    worker = await buildDataSource(app.database.connection, ENTITIES).initialize();
  });
  afterAll(async () => {
    await worker.destroy();
    await app.stop();
  });

  it('stops nobody who is at work in its tables, and is done when they are', async () => {
    const admin = await app.as('admin');
    const tables = await app.database.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
       AND tablename = ANY($1)`,
      [['system', 'organisation', 'report', 'obligation', 'policy']],
    );
    const job = worker.createQueryRunner();
    await job.startTransaction();
    await job.query(`SELECT FROM ${tables.at(-1)!.name} LIMIT 1`);
    const cleared = admin.post('/demo/clear');
    await eventually(
      () =>
        app.database.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      ([row]) => row!.n > 0,
    );
    for (const { name } of tables) await job.query(`SELECT FROM ${name} LIMIT 1`);
    await job.commitTransaction();
    await job.release();

    expect((await cleared).status).toBe(204);
    expect((await admin.get('/systems')).body.items).toEqual([]);
    expect((await admin.post('/demo/clear')).body.code).toBe('NO_DEMO_DATA');
  });
});
