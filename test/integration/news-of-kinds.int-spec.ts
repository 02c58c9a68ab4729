import { Client } from 'pg';
import { type NewRun, RunIntake } from '../../src/obligations/intake/run-intake';
import { newId } from '../../src/platform/database/id';
import { startTestApp, type TestApp } from '../support/app';
import { connect, resticRun } from '../support/builders/inlets';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('news-of-kinds', { now: '2026-11-22T00:00:00Z' });
  sender = new InletSender(app);
});
afterAll(() => app.stop());

const ELSEWHEN = '2999-01-01T00:00:00.000Z';
const RESTORED = { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED', runKey: 'r1' };
const HOURS = { startedAt: '2026-11-21T20:00:00Z', finishedAt: '2026-11-21T21:00:00Z' };

describe('what a tool reports', () => {
  it('has those duties judged that its kind is about, and the others when it is about them', async () => {
    const { systemId, path } = await connect(app);
    const hourOf = async (ruleKey: string): Promise<string | undefined> => {
      await sender.judged();
      const [row] = await app.database.query<{ at: Date }>(
        'SELECT attention_at AS at FROM obligation WHERE system_id = $1 AND rule_key = $2',
        [systemId, ruleKey],
      );
      return row?.at.toISOString();
    };
    await app.database.query('UPDATE obligation SET attention_at = $2 WHERE system_id = $1', [systemId, ELSEWHEN]);
    await sender.send(path, resticRun('aaaa0001', '2026-11-21T20:00:00Z'));
    expect(await hourOf('recovery-point-fresh')).not.toBe(ELSEWHEN);
    expect(await hourOf('restore-test')).toBe(ELSEWHEN);
    await sender.send(`${path}?tool=sonae`, { ...RESTORED, ...HOURS });
    expect(await hourOf('restore-test')).not.toBe(ELSEWHEN);
  });

  it('is news of its kind and of that of every record that it replaces', async () => {
    const { systemId, path } = await connect(app);
    const { body } = await sender.send(path, resticRun('aaaa0002', '2026-11-21T20:00:00Z'));
    await sender.judged();
    const [told] = await app.database.query<NewRun>(
      `SELECT id, system_id AS "systemId", backup_requirement_id AS "backupRequirementId", kind, outcome, strength, performed_at AS "performedAt",
         recorded_at AS "recordedAt", tool, run_id AS "runId", usable, inlet_id AS "inletId", submission_id AS "submissionId", flags
       FROM evidence WHERE id = $1`,
      [body.records[0].id],
    );
    const client = new Client({ ...app.database.connection, pipeline: true });
    await client.connect();
    try {
      await client.query('BEGIN');
      const later: NewRun = { ...told!, id: newId(), kind: 'VERIFICATION' };
      await new RunIntake().take(client, [later], new Map([[later.id, [told!.id]]]));
      const { rows } = await client.query('SELECT system_id, kind FROM refresh_due ORDER BY kind');
      expect(rows).toEqual([
        { system_id: systemId, kind: 'BACKUP' },
        { system_id: systemId, kind: 'VERIFICATION' },
      ]);
    } finally {
      await client.end();
    }
  });
});
