import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { SqlParameters } from '../../../access/scope/scope-sql';

/** As many rows are in memory at a time. */
const PAGE = 500;
/** The state that is held open keeps the database from cleaning up: when this process does not let go of it, the database does. */
const IDLE = '180s';

/** One state of the database, read-only, page by page, whatever is written meanwhile. It holds a connection until it is closed. */
export class Snapshot {
  private constructor(private readonly runner: QueryRunner) {}

  static async open(dataSource: DataSource): Promise<Snapshot> {
    const snapshot = new Snapshot(dataSource.createQueryRunner());
    try {
      await snapshot.runner.startTransaction('REPEATABLE READ');
      await snapshot.runner.query(
        `SELECT set_config('transaction_read_only', 'on', TRUE), set_config('cursor_tuple_fraction', '1', TRUE),
           set_config('idle_in_transaction_session_timeout', '${IDLE}', TRUE)`,
      );
      return snapshot;
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }

  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** The rows of a statement in pages; one statement at a time. */
  async *pages<Row>(sql: string, { values }: SqlParameters): AsyncGenerator<Row[]> {
    await this.runner.query(`DECLARE pack_rows NO SCROLL CURSOR FOR ${sql}`, values);
    for (;;) {
      const page = (await this.runner.query(`FETCH ${PAGE} FROM pack_rows`)) as Row[];
      if (page.length > 0) yield page;
      if (page.length < PAGE) break;
    }
    await this.runner.query('CLOSE pack_rows');
  }

  /** Gives the connection back, in whatever state it is; a second time does nothing. */
  async close(): Promise<void> {
    if (this.runner.isReleased) return;
    await this.runner.rollbackTransaction().catch(() => undefined);
    await this.runner.release();
  }
}
