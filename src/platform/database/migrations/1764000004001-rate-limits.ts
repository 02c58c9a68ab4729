import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';

/** Counts of a minute are worth no write to the log of transactions: after a crash they begin anew. */
const RATE_LIMIT_COUNT = `CREATE UNLOGGED TABLE rate_limit_count (
      key text NOT NULL,
      points integer NOT NULL,
      expire bigint,
      CONSTRAINT pk_rate_limit_count PRIMARY KEY (key)
    )`;

/** How many requests came from where, without Redis. */
export class RateLimits1764000004001 implements MigrationInterface {
  readonly name = 'RateLimits1764000004001';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [RATE_LIMIT_COUNT]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['DROP TABLE rate_limit_count']);
  }
}
