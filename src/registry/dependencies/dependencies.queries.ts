import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { organisationJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { inversions } from '../../core/importance/inversion';
import type { Tier } from '../../core/importance/tier';
import { formatMinutes } from '../../core/time/duration';
import type { DependenciesResponse, DependencyResponse } from './dto/dependencies.response';

interface Row extends Omit<DependencyResponse, 'rto' | 'inversions'> {
  rtoMinutes: number | null;
  needed: boolean;
  visible: boolean;
  ownTier: Tier;
  ownRtoMinutes: number | null;
}

/** Reads of what needs what. */
@Injectable()
export class DependenciesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Both ends of the dependencies of a system, as far as the caller may see them. @throws Problem 404 for the system. */
  async ofSystem(actor: Actor, systemId: string): Promise<DependenciesResponse> {
    const m = this.dataSource.manager;
    await requireSystem(m, actor, 'systems:read', systemId);
    const parameters = new SqlParameters();
    const scope = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', [
      's.owner_id',
      's.deputy_id',
    ]);
    const own = parameters.bind(systemId);
    const rows = await m.query<Row[]>(
      `SELECT s.id AS "systemId", s.code, s.name, s.name_en AS "nameEn", ${organisationJson('o')} AS organisation, s.tier,
         s.rto_minutes AS "rtoMinutes", r.verdict, d.hard, (d.system_id = own.id) AS needed, ${scope} AS visible,
         own.tier AS "ownTier", own.rto_minutes AS "ownRtoMinutes"
       FROM system own JOIN system_dependency d ON own.id IN (d.system_id, d.depends_on_id)
       JOIN system s ON s.id = CASE WHEN d.system_id = own.id THEN d.depends_on_id ELSE d.system_id END
       JOIN organisation o ON o.id = s.organisation_id LEFT JOIN system_readiness r ON r.system_id = s.id
       WHERE own.id = ${own} ORDER BY s.code, s.id`,
      parameters.values,
    );
    const [{ version }] = await m.query<[{ version: number }]>(
      'SELECT row_version AS version FROM system WHERE id = $1',
      [systemId],
    );
    const seen = rows.filter(({ visible }) => visible);
    return {
      dependsOn: seen.filter(({ needed }) => needed).map(response),
      dependents: seen.filter(({ needed }) => !needed).map(response),
      hidden: rows.length - seen.length,
      version,
    };
  }
}

function response({ rtoMinutes, needed, visible: _, ownTier, ownRtoMinutes, ...row }: Row): DependencyResponse {
  const own = { tier: ownTier, rtoMinutes: ownRtoMinutes };
  const other = { tier: row.tier, rtoMinutes };
  return {
    ...row,
    rto: rtoMinutes === null ? null : formatMinutes(rtoMinutes),
    inversions: needed ? inversions(own, other, row.hard) : inversions(other, own, row.hard),
  };
}
