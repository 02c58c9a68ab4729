import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, detailsOf, Scope, scopeOf } from '../../access/actor';
import { organisationJson } from '../../access/references/refs-sql';
import { OrganisationRef } from '../../access/references/refs.response';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { TIERS } from '../../core/importance/tier';
import { Clock } from '../../platform/clock/clock';
import { SupervisedResponse, SupervisedTier } from './dto/readiness.response';
import { COUNT_COLUMNS, type CountRow, tierOf } from './tier-figures';

type AgencyRow = CountRow & { organisation: OrganisationRef };

/** Readiness of the agencies that keep their details to themselves: what those who supervise them see. */
@Injectable()
export class SupervisedQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** One entry for each such agency with operating systems, by their codes. Empty for who sees everything. */
  async list(actor: Actor, organisationId?: string): Promise<SupervisedResponse> {
    const parameters = new SqlParameters();
    const scope = scopeOf(actor, 'readiness:read');
    const within = (reach: Scope, column: string): string => scopeCondition(reach, parameters, column);
    const rows = await this.dataSource.query<AgencyRow[]>(
      `SELECT ${organisationJson('a')}::jsonb AS organisation, ${COUNT_COLUMNS}
       FROM organisation a JOIN organisation_closure below ON below.ancestor_id = a.id
       JOIN readiness_count n ON n.organisation_id = below.organisation_id AND n.lifecycle = 'OPERATING' AND n.systems > 0
       WHERE a.kind = 'AGENCY' AND ${within(scope, 'a.id')} AND NOT ${within(detailsOf(scope), 'a.id')}
         AND ${within(detailsOf(scope), 'a.parent_id')}
         ${organisationId ? `AND a.id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)})` : ''}
       GROUP BY a.id, n.tier, n.lifecycle, n.verdict ORDER BY a.code, a.id`,
      parameters.values,
    );
    const agencies = new Map(rows.map(({ organisation }) => [organisation.id, organisation]));
    const tiersOf = (id: string): SupervisedTier[] => {
      const counts = rows.filter(({ organisation }) => organisation.id === id);
      return TIERS.map((tier) => {
        const ofTier = counts.filter((row) => row.tier === tier);
        const { total, byVerdict } = tierOf(tier, ofTier);
        return { tier, total, byVerdict };
      }).filter(({ total }) => total > 0);
    };
    const items = [...agencies.values()].map((organisation) => ({ organisation, tiers: tiersOf(organisation.id) }));
    return { asOf: this.clock.now(), items };
  }
}
