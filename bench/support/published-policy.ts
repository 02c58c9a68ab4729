import type { DataSource } from 'typeorm';
import { dated } from '../../src/core/policy/grace';
import type { PolicyRules } from '../../src/core/policy/rule';
import { newId } from '../../src/platform/database/id';
import { Policy } from '../../src/registry/policies/policy.entity';

/** Puts a version of the policy of an organisation into force, from the day `effectiveOn`, and the one before out of it. */
export async function publish(
  dataSource: DataSource,
  organisationId: string,
  rules: PolicyRules,
  version: number,
  effectiveOn: string,
): Promise<void> {
  const [before] = await dataSource.query(
    `SELECT rules, owed_since AS "owedSince", eased FROM policy WHERE organisation_id = $1 AND status = 'PUBLISHED'`,
    [organisationId],
  );
  await dataSource.manager.update(Policy, { organisationId, status: 'PUBLISHED' }, { status: 'SUPERSEDED' });
  const { owedSince, eased } = dated(rules, effectiveOn, before);
  await dataSource.manager.insert(Policy, {
    ...{ id: newId(), organisationId, version, status: 'PUBLISHED', rules: rules as never, effectiveOn },
    ...{ owedSince: owedSince as never, eased: eased as never },
  });
}
