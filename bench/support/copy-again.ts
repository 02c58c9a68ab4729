import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestDatabase } from '../../test/support/database';
import { seconds } from './measure';

/** Rows of a table, by a condition on them. */
export interface Rows {
  table: string;
  where: string;
}

/**
 * Takes rows out of the database and brings them back by COPY, in one transaction: what a program that writes just these rows costs at least. Triggers,
 * keys and indexes are those of the tables; what triggers write then is taken out, and not copied.
 * @param rows the tables in the order in which they refer to each other.
 * @returns how long it took, in seconds, and how many rows of each table were taken out and are there now.
 */
export async function copyAgain(
  database: TestDatabase,
  rows: readonly Rows[],
  byTriggers: readonly Rows[] = [],
): Promise<{ time: number; takenOut: Record<string, number>; counts: Record<string, number> }> {
  const folder = await mkdtemp(join(tmpdir(), 'copy-again-'));
  const client = new Client(database.connection);
  await client.connect();
  try {
    const all = [...rows, ...byTriggers];
    const fileOf = (table: string): string => `'${join(folder, table)}'`;
    const takenOut = await countsOf(client, all);
    for (const { table, where } of rows)
      await client.query(`COPY (SELECT * FROM ${table} WHERE ${where}) TO ${fileOf(table)}`);
    await takeOut(database, all);
    const time = await seconds(async () => {
      await client.query('BEGIN');
      for (const { table } of rows) await client.query(`COPY ${table} FROM ${fileOf(table)}`);
      await client.query('COMMIT');
    });
    return { time, takenOut, counts: await countsOf(client, all) };
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Deletes rows as if they had never been. Without triggers: what is append-only goes too, and nothing is counted down. */
export async function takeOut({ connection }: TestDatabase, rows: readonly Rows[]): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica`);
    for (const { table, where } of [...rows].reverse()) await client.query(`DELETE FROM ${table} WHERE ${where}`);
    // What found them empty later on would have their keys looked for row by row.
    for (const { table } of rows) await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    for (const { table } of rows) await client.query(`VACUUM FULL ${table}`);
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

async function countsOf(client: Client, all: readonly Rows[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, where } of all)
    counts[table] = (await client.query(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`)).rows[0].n;
  return counts;
}
