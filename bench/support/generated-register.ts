import type { DataSource } from 'typeorm';
import type { World } from '../../test/support/world';

const ORGANISATIONS = 100;

/**
 * Fills the first ministry by SQL: `size` systems in operation, of which one in ten is HIGH and three are MODERATE, in a hundred bureaus; nineteen of twenty with an owner,
 * two of three with a passed restore test and an attested sign-in, spread over the year before `now`.
 */
export async function generateRegister(dataSource: DataSource, world: World, size: number, now: Date): Promise<void> {
  const { ministry } = world.organisations;
  await dataSource.query(
    `INSERT INTO organisation (id, code, name, kind, parent_id)
     SELECT gen_random_uuid(), 'GEN-' || n, '部局' || n, 'BUREAU', $1 FROM generate_series(1, ${ORGANISATIONS}) n`,
    [ministry],
  );
  await dataSource.query(
    `WITH bureau AS (SELECT id, row_number() OVER (ORDER BY code) - 1 AS place FROM organisation WHERE code LIKE 'GEN-%')
     INSERT INTO system (id, organisation_id, code, name, tier, owner_id, operating_since_on, tier_since_on)
     SELECT gen_random_uuid(), bureau.id, 'S-' || n, 'システム' || n,
       CASE WHEN n % 10 = 0 THEN 'HIGH' WHEN n % 10 < 4 THEN 'MODERATE' ELSE 'LOW' END, CASE WHEN n % 20 > 0 THEN $2::uuid END, '2020-04-01', '2020-04-01'
     FROM generate_series(1, $1::int) n JOIN bureau ON bureau.place = n % ${ORGANISATIONS}`,
    [size, world.people.deputy],
  );
  await dataSource.query(
    `INSERT INTO evidence (id, system_id, kind, rule_key, outcome, strength, performed_at, recorded_at, source,
       performer_id, recorded_by_id, sha256)
     SELECT gen_random_uuid(), s.id, proof.kind, proof.rule_key, 'PASSED', 'VALIDATED', at, at, 'MANUAL', $1, $1, ''
     FROM (SELECT id, substr(code, 3)::int AS n, $2::timestamptz - (substr(code, 3)::int % 360) * interval '1 day' AS at
           FROM system WHERE code LIKE 'S-%') s
     CROSS JOIN (VALUES ('RESTORE_TEST', NULL), ('ATTESTATION', 'administrator-mfa')) proof(kind, rule_key)
     WHERE s.n % 3 > 0`,
    [world.people.owner, now],
  );
  await dataSource.query('ANALYZE organisation, organisation_closure, system, evidence');
}
