import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { localDate } from '../../core/time/zone';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { unnest } from '../../platform/database/unnest';
import { requireFresh } from '../../platform/http/etag';
import { Problem } from '../../platform/http/problem';
import { message } from '../../platform/messages/messages';
import { noteOutdated } from '../importance/outdated-assessments';
import { System } from '../systems/system.entity';
import type { SystemDependency } from './system-dependency.entity';

export type Dependency = Pick<SystemDependency, 'dependsOnId' | 'hard'>;

/** One at a time in the installation: two circles' halves would not see each other. */
const DEPENDENCIES_LOCK = 7_461_002;

/** Writes what a system needs. */
@Injectable()
export class DependenciesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Says what a system needs, which reopens the reviews that rest on it (domain.md section 4). Dependencies on systems that the caller may not see stay as they are.
   * @throws Problem 409 DEPENDENCY_CYCLE naming the path, 412 when the system has changed since `version`, 422 for a system not to be seen.
   */
  async set(actor: Actor, systemId: string, version: number, wanted: readonly Dependency[]): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'systems:write', systemId);
      await m.query('SELECT pg_advisory_xact_lock($1)', [DEPENDENCIES_LOCK]);
      const before = await this.seen(m, actor, systemId);
      const now = this.clock.now();
      const changedOn = localDate(now, this.config.TZ_DEFAULT);
      const edit = { rowVersion: version + 1, ...(differ(before, wanted) && { changedOn }) };
      requireFresh(await m.update(System, { id: systemId, rowVersion: version }, edit));
      await this.requireVisible(m, actor, systemId, wanted);
      await m.query('DELETE FROM system_dependency WHERE system_id = $1 AND depends_on_id = ANY($2::uuid[])', [
        systemId,
        before.map(({ dependsOnId }) => dependsOnId),
      ]);
      const { source, values } = unnest(wanted, { dependsOnId: 'uuid', hard: 'boolean' }, 'wanted', 2);
      await m.query(
        `INSERT INTO system_dependency (system_id, depends_on_id, hard)
         SELECT $1::uuid, wanted.depends_on_id, wanted.hard FROM ${source}`,
        [systemId, ...values],
      );
      await this.requireNoCycle(m, actor, systemId);
      await this.audit.record(m, actor, {
        action: 'system.dependencies_set',
        recordType: 'system',
        recordId: systemId,
        organisationId,
        before: { dependsOn: before },
        after: { dependsOn: [...wanted].sort((a, b) => a.dependsOnId.localeCompare(b.dependsOnId)) },
      });
      await noteOutdated(m, [systemId], now);
      await this.ledger.refresh(m, [systemId]);
    });
  }

  private async seen(m: EntityManager, actor: Actor, systemId: string): Promise<Dependency[]> {
    const parameters = new SqlParameters();
    const scope = visible(actor, parameters);
    return m.query(
      `SELECT d.depends_on_id AS "dependsOnId", d.hard FROM system_dependency d JOIN system s ON s.id = d.depends_on_id
       WHERE d.system_id = ${parameters.bind(systemId)} AND ${scope} ORDER BY d.depends_on_id`,
      parameters.values,
    );
  }

  private async requireVisible(
    m: EntityManager,
    actor: Actor,
    systemId: string,
    wanted: readonly Dependency[],
  ): Promise<void> {
    const parameters = new SqlParameters();
    const scope = visible(actor, parameters);
    const ids = wanted.map(({ dependsOnId }) => dependsOnId);
    const found = await m.query<{ id: string }[]>(
      `SELECT s.id FROM system s WHERE s.id = ANY(${parameters.bind(ids)}::uuid[]) AND s.lifecycle <> 'RETIRED' AND ${scope}`,
      parameters.values,
    );
    const known = new Set(found.map(({ id }) => id));
    const errors = ids.flatMap((id, index) => {
      const field = `dependsOn[${index}].systemId`;
      if (id === systemId) return [{ field, code: 'DEPENDS_ON_ITSELF' }];
      return known.has(id) ? [] : [{ field, code: 'UNKNOWN_SYSTEM' }];
    });
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
  }

  /** The graph was free of circles, so a new one leads through this system. In the place of a system that the caller may not see the path says so. */
  private async requireNoCycle(m: EntityManager, actor: Actor, systemId: string): Promise<void> {
    const parameters = new SqlParameters();
    const start = parameters.bind(systemId);
    const unseen = message(actor.locale, 'unseenSystem');
    const [cycle] = await m.query<{ path: string[] }[]>(
      `WITH RECURSIVE way(id, path) AS (
         SELECT depends_on_id, ARRAY[system_id, depends_on_id] FROM system_dependency WHERE system_id = ${start}::uuid
         UNION ALL
         SELECT d.depends_on_id, way.path || d.depends_on_id FROM way JOIN system_dependency d ON d.system_id = way.id
         WHERE way.id <> ${start}::uuid
       ) CYCLE id SET seen USING trail
       SELECT (SELECT array_agg(CASE WHEN ${visible(actor, parameters)} THEN s.code ELSE ${parameters.bind(unseen)}::text END ORDER BY step.place) FROM unnest(way.path) WITH ORDINALITY AS step(id, place)
         JOIN system s ON s.id = step.id) AS path
       FROM way WHERE way.id = ${start}::uuid ORDER BY cardinality(way.path) LIMIT 1`,
      parameters.values,
    );
    if (cycle) throw new Problem(409, 'DEPENDENCY_CYCLE', { params: { path: cycle.path.join(' → ') } });
  }
}

function differ(before: readonly Dependency[], wanted: readonly Dependency[]): boolean {
  const hard = new Map(before.map((each) => [each.dependsOnId, each.hard]));
  return before.length !== wanted.length || wanted.some((each) => hard.get(each.dependsOnId) !== each.hard);
}

function visible(actor: Actor, parameters: SqlParameters): string {
  return scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
}
