import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from '../run-all';

/**
 * The last link is looked for along the index, whatever is thought of the table. A plan that was made while the chain was known to be empty is kept by a connection
 * until its transaction ends: by it an import of ten thousand systems went over all links for each new one.
 */
export class ChainAlongIndex1764000044000 implements MigrationInterface {
  readonly name = 'ChainAlongIndex1764000044000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER FUNCTION link_audit_event() SET enable_seqscan = off']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, ['ALTER FUNCTION link_audit_event() RESET enable_seqscan']);
  }
}
