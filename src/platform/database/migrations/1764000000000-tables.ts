import { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './run-all';
import { FOREIGN_KEYS } from './first-tables/foreign-keys';
import { PROOF_TABLES } from './first-tables/proof-tables';
import { REGISTRY_TABLES } from './first-tables/registry-tables';

/** Every table of the first version with its keys, checks and indexes. */
export class Tables1764000000000 implements MigrationInterface {
  readonly name = 'Tables1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runAll(runner, [...REGISTRY_TABLES, ...PROOF_TABLES, ...FOREIGN_KEYS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TABLE app_user, audit_event, backup_requirement, evidence, heartbeat, idempotency_key, import_profile, import_rejection, import_run, mail, obligation, obligation_transition, organisation, organisation_closure, policy, procedure, procedure_version, readiness_count, reminder, role_assignment, setting, sign_in_attempt, system, system_readiness, user_session CASCADE',
    ]);
  }
}
