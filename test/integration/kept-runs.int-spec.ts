import { Client } from 'pg';
import { keptRuns } from '../../src/evidence/inlet/receiving/arrival-statements';
import { newId } from '../../src/platform/database/id';
import { cloneDatabase } from '../support/database';

it('runs that are known are found by their keys, also where the plan was made before there were any', async () => {
  const database = await cloneDatabase('kept runs');
  const client = new Client(database.connection);
  await client.connect();
  try {
    const asked: string[] = [];
    const listening = {
      query: async ({ text }: { text: string }) => {
        asked.push(text);
        return { rows: [] };
      },
    };
    await keptRuns(listening, [{ inletId: newId(), runId: 'a run' }], []);
    await client.query('SET plan_cache_mode = force_generic_plan');
    await client.query(`PREPARE kept(uuid[], text[], uuid[]) AS ${asked[0]}`);
    const { rows } = await client.query(`EXPLAIN EXECUTE kept('{}', '{}', '{}')`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/using uq_evidence_inlet_run .*\n\s*Index Cond: \(\(inlet_id = .*\) AND \(run_id = /);
  } finally {
    await client.end();
    await database.drop();
  }
});
