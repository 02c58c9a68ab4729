import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireOrganisation } from '../../access/scope/system-access';
import { COVERAGE_LISTS, COVERAGES, type Covered } from '../../core/readiness/coverage';
import { coverageColumns } from '../../obligations/coverage/coverage-sql';
import { Clock } from '../../platform/clock/clock';
import { CoverageResponse } from './dto/coverage.dto';

/** How far backups and restores reach, by the same conditions as the lists behind the figures. */
@Injectable()
export class CoverageQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 when the organisation may not be seen. */
  async coverage(actor: Actor, organisationId?: string): Promise<CoverageResponse> {
    if (organisationId) await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', organisationId);
    const asOf = this.clock.now();
    const parameters = new SqlParameters();
    const now = parameters.bind(asOf);
    const conditions = [
      `s.lifecycle = 'OPERATING'`,
      scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']),
      organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)})`,
    ].filter(Boolean);
    const [row] = await this.dataSource.query<[Record<Covered | 'all', number>]>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE backed_up)::int AS "BACKED_UP", count(*) FILTER (WHERE offline_copy)::int AS "OFFLINE_COPY",
         count(restored_in_time)::int AS "RESTORED", count(*) FILTER (WHERE restored_in_time)::int AS "RESTORED_IN_TIME"
       FROM (SELECT ${coverageColumns(now)} FROM system s JOIN system_readiness r ON r.system_id = s.id WHERE ${conditions.join(' AND ')}) counted`,
      parameters.values,
    );
    return {
      asOf,
      figures: COVERAGES.map((key) => {
        const { of, covered, missing } = COVERAGE_LISTS[key];
        return {
          ...{ key, covered: row[covered], of: row[of ?? 'all'] },
          ...{ ofList: of, coveredList: covered, missingList: missing },
        };
      }),
    };
  }
}
