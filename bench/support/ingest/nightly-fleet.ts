import type { DataSource } from 'typeorm';
import { newSecret } from '../../../src/access/secrets/secret';
import { INLET_PATH } from '../../../src/evidence/inlet/receiving/inlet-door';
import { INLET_PREFIX } from '../../../src/evidence/inlet/receiving/inlet-lookup';
import { newId } from '../../../src/platform/database/id';
import { type ColumnTypes, unnest } from '../../../src/platform/database/unnest';
import type { World } from '../../../test/support/world';
import { generateRegister } from '../generated-register';

const NIGHTS = 730;

/** Where one system reports to. */
export interface FleetInlet {
  systemId: string;
  inletId: string;
  path: string;
}

interface Row extends FleetInlet {
  requirementId: string;
  submissionId: string;
  secretHash: string;
}

const ROW: ColumnTypes<Omit<Row, 'path'>> = {
  systemId: 'uuid',
  inletId: 'uuid',
  requirementId: 'uuid',
  submissionId: 'uuid',
  secretHash: 'text',
};

/**
 * Fills the first ministry with `size` systems, of which the first `fleet` have been saved every night for two years: a backup each night, a check each week, and an
 * inlet each that the next reports go to. By SQL, and as the owner of the schema: what is generated is sound, and need not be checked row by row.
 */
export async function generateFleet(
  owner: DataSource,
  world: World,
  size: number,
  fleet: number,
  now: Date,
): Promise<FleetInlet[]> {
  await generateRegister(owner, world, size, now);
  const systems = await owner.query<{ id: string }[]>(
    `SELECT id FROM system WHERE code LIKE 'S-%' ORDER BY code LIMIT $1`,
    [fleet],
  );
  const rows = systems.map(({ id: systemId }): Row => {
    const { secret, hash: secretHash } = newSecret(INLET_PREFIX);
    const ids = { inletId: newId(), requirementId: newId(), submissionId: newId() };
    return { ...ids, systemId, secretHash, path: `${INLET_PATH}/${secret}` };
  });
  const { source, values } = unnest(rows, ROW, 'fleet');
  const at = now.toISOString();
  await owner.transaction(async (m) => {
    await m.query(`SET LOCAL session_replication_role = replica`);
    await m.query(`CREATE TEMP TABLE fleet ON COMMIT DROP AS SELECT * FROM ${source}`, values);
    for (const statement of statementsFor(world)) await m.query(statement, statement.includes('$1') ? [at] : []);
  });
  await owner.query('VACUUM ANALYZE');
  return rows.map(({ systemId, inletId, path }) => ({ systemId, inletId, path }));
}

function statementsFor({ people: { owner, manager } }: World): string[] {
  const evidence = (run: string, kind: string, strength: string, nights: string): string => `
    INSERT INTO evidence (id, system_id, backup_requirement_id, kind, outcome, strength, performed_at, recorded_at, recovery_point_at,
      tool, run_id, source, inlet_id, submission_id, started_at, finished_at, size_bytes, sha256)
    SELECT gen_random_uuid(), system_id, requirement_id, '${kind}', 'PASSED', '${strength}', at, at, ${kind === 'BACKUP' ? 'at' : 'NULL'}, 'restic',
      '${run}:' || night, 'INLET', inlet_id, submission_id, at, at, 1000000 + night, ''
    FROM fleet CROSS JOIN (SELECT night, $1::timestamptz - night * interval '1 day' AS at FROM generate_series(${nights}) night) nights`;
  return [
    `INSERT INTO backup_requirement (id, system_id, dataset, method, interval_minutes, retention, rpo_minutes, copies, status, author_id,
       approved_by_id, approved_at, declared_on)
     SELECT requirement_id, system_id, 'DB', 'restic', 1440, 'P35D', 1440,
       '[{"site":"東京","medium":"disk","offsite":false,"offline":false,"immutable":false,"encrypted":true,"account":null},
         {"site":"大阪","medium":"object storage","offsite":true,"offline":false,"immutable":true,"encrypted":true,"account":"別"}]',
       'APPROVED', '${owner}', '${manager}', '2024-04-01', '2024-04-01' FROM fleet`,
    `INSERT INTO inlet (id, backup_requirement_id, system_id, name, tool, time_zone, schedule_kind, schedule, grace_minutes, secret_hash,
       secret_hint, created_by_id, created_at, updated_at, reason, since)
     SELECT inlet_id, requirement_id, system_id, '夜間', 'restic', 'Asia/Tokyo', 'INTERVAL', 'P1D', 60, secret_hash, 'inlet_',
       '${owner}', '2024-04-01', '2024-04-01', '{"code":"INLET_WAITING","params":{}}', '2024-04-01' FROM fleet`,
    `INSERT INTO submission (id, inlet_id, received_at, address, raw_sha256, length, disposition, flags)
     SELECT submission_id, inlet_id, '2024-04-01', '127.0.0.1', '', 0, 'ACCEPTED', '[]' FROM fleet`,
    evidence('night', 'BACKUP', 'COMPLETED', `1, ${NIGHTS}`),
    evidence('week', 'VERIFICATION', 'STRUCTURE_CHECKED', `1, ${NIGHTS}, 7`),
    `INSERT INTO evidence (id, system_id, backup_requirement_id, kind, subject, outcome, strength, performed_at, recorded_at, source, performer_id,
       recorded_by_id, sha256, copy_facts)
     SELECT gen_random_uuid(), system_id, requirement_id, 'APPROVAL', 'BACKUP_REQUIREMENT', 'PASSED', 'VALIDATED', '2024-04-01', '2024-04-01',
       'WORKFLOW', '${manager}', '${manager}', '', '{"copies":2,"offsite":1,"offlineOrImmutable":1,"encrypted":true}' FROM fleet`,
  ];
}
