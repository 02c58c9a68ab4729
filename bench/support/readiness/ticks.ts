import type { DataSource } from 'typeorm';
import { inLanes } from '../../../src/obligations/ledger/lanes';
import type { TestApp } from '../../../test/support/app';
import type { TestDatabase } from '../../../test/support/database';
import { runToEnd } from '../../../test/support/running/running-process';
import { seconds } from '../measure';

const BATCH = 500;

/** Claims what is due, moves it on and writes down that it has moved: what any tick does at least. It reads nothing else, and judges nothing. */
const MOVE = `
  WITH claimed AS (SELECT id FROM obligation WHERE attention_at <= $1 ORDER BY attention_at LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED),
    moved AS (UPDATE obligation o SET attention_at = $2, state = 'OVERDUE' FROM claimed WHERE o.id = claimed.id RETURNING o.*)
  INSERT INTO obligation_transition (id, obligation_id, system_id, rule_key, duty_of, from_state, to_state, at, evidence_id)
  SELECT gen_random_uuid(), id, system_id, rule_key, duty_of, 'MET', state, $1, evidence_id FROM moved RETURNING id`;

/**
 * Seconds for one obligation of the statement that moves what is due at `now`, in as many lanes as a tick has. What it has done is undone.
 * @param owner for the copy of what is due.
 */
export async function bareTick(dataSource: DataSource, owner: TestDatabase, now: Date): Promise<number> {
  await owner.query(
    `CREATE TABLE bench_due AS SELECT id, attention_at, state FROM obligation WHERE attention_at <= '${now.toISOString()}'`,
  );
  const later = new Date(now.getTime() + 86_400_000);
  let moved = 0;
  const took = await seconds(() =>
    inLanes(async () => {
      for (let some = 1; some > 0; moved += some) some = (await dataSource.query<unknown[]>(MOVE, [now, later])).length;
    }),
  );
  await owner.query(
    `UPDATE obligation o SET attention_at = d.attention_at, state = d.state FROM bench_due d WHERE d.id = o.id`,
  );
  await owner.query(`DELETE FROM obligation_transition WHERE at = '${now.toISOString()}'`);
  await owner.query('DROP TABLE bench_due');
  await owner.query('VACUUM ANALYZE obligation');
  return took / moved;
}

const TICKED = /ticked, (\d+) in ([\d.]+) seconds/;

/** Has a process of the built product, which has judged at `before`, tick at `now` until nothing is due. */
export async function tickApart(
  { database }: TestApp,
  before: Date,
  now: Date,
): Promise<{ transitions: number; took: number }> {
  const settings = { DATABASE_URL: database.url, BEFORE: before.toISOString(), NOW: now.toISOString() };
  const { stdout, stderr } = await runToEnd(['bench/support/readiness/tick-process.mjs'], { settings });
  const [, transitions, took] = TICKED.exec(stdout) ?? [];
  if (!transitions || !took) throw new Error(`the tick did not end: ${stdout}${stderr}`);
  return { transitions: Number(transitions), took: Number(took) };
}
