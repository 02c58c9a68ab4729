import { AuditLog } from '../../src/audit/audit-log';
import { ENTITIES } from '../../src/entities';
import { buildDataSource } from '../../src/platform/database/data-source';
import { newId } from '../../src/platform/database/id';
import { SettableClock } from '../support/clock';
import { cloneDatabase } from '../support/database';

const log = new AuditLog(new SettableClock('2026-11-23T00:00:00Z'));

it('many events of one transaction are linked along the index, also where the chain was empty when it was last looked at', async () => {
  const empty = await cloneDatabase('audit chain empty');
  const source = await buildDataSource(empty.connection, ENTITIES).initialize();
  try {
    await source.query('VACUUM ANALYZE audit_link');
    const read = await source.transaction(async (m) => {
      await log.record(
        m,
        { userId: newId(), requestId: 'request' },
        ...Array.from({ length: 400 }, (_, n) => ({
          ...({ action: 'system.changed', recordType: 'system', recordId: newId(), organisationId: null } as const),
          ...{ before: { n }, after: { n: n + 1 } },
        })),
      );
      await m.query('SET CONSTRAINTS ALL IMMEDIATE');
      const [{ links, passed }] = await m.query(
        `SELECT (SELECT count(*) FROM audit_link)::int AS links, seq_tup_read::int AS passed FROM pg_stat_xact_user_tables WHERE relname = 'audit_link'`,
      );
      expect(links).toBe(400);
      return passed as number;
    });
    expect(read).toBeLessThanOrEqual(1_000);
  } finally {
    await source.destroy();
    await empty.drop();
  }
});
