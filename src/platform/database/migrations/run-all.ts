import { QueryRunner } from 'typeorm';

/** Runs statements one after the other on the migration's own transaction. */
export async function runAll(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await runner.query(statement);
}
