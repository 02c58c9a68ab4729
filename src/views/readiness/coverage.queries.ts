import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireOrganisation } from '../../access/scope/system-access';
import { COVERAGE_LISTS, COVERAGES, type Covered } from '../../core/readiness/coverage';
import { COVERAGE_COLUMNS, coverageJoins } from '../../obligations/coverage/coverage-sql';
import { Clock } from '../../platform/clock/clock';
import { CoverageResponse } from './dto/coverage.dto';

const COUNTED = Object.entries(COVERAGE_COLUMNS).map(
  ([list, holds]) => `count(*) FILTER (WHERE ${holds})::int AS "${list}"`,
);

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
      `SELECT count(*)::int AS all, ${COUNTED.join(', ')} FROM system s JOIN system_readiness r ON r.system_id = s.id ${coverageJoins(now)}
       WHERE ${conditions.join(' AND ')}`,
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
