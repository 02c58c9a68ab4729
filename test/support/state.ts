import type { DataSource } from 'typeorm';

/** Counts of requests, which every request moves. */
const COUNTS = ['rate_limit_count'];

/** A fingerprint of everything that is stored, by table, to see that nothing has changed. */
export async function stateOf({ manager }: Pick<DataSource, 'manager'>): Promise<Record<string, string>> {
  const tables: { name: string }[] = await manager.query(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL($1::text[]) ORDER BY 1`,
    [COUNTS],
  );
  const state: Record<string, string> = {};
  for (const { name } of tables) {
    const [row]: { print: string }[] = await manager.query(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS print FROM "${name}" t`,
    );
    state[name] = row?.print ?? '';
  }
  return state;
}
