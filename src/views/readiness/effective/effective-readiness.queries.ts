import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { requireOrganisation } from '../../../access/scope/system-access';
import type { Tier } from '../../../core/importance/tier';
import type { Verdict } from '../../../core/readiness/system-verdict';
import { Clock } from '../../../platform/clock/clock';
import { HELD_BACK } from '../../../obligations/effective/effective-verdict-sql';
import { countsOf } from '../counts-within';
import { summaryOf } from '../tier-figures';
import { EffectiveReadinessResponse } from './effective.dto';

/** Systems of a tier that stand better by themselves than with what they need. */
interface Held {
  tier: Tier;
  own: Verdict;
  effective: Verdict;
  systems: number;
}

/** Readiness of organisations with what their systems cannot do without: the kept counts, and beside them those that are held back. */
@Injectable()
export class EffectiveReadinessQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 when the organisation may not be seen. */
  async tiers(actor: Actor, organisationId?: string): Promise<EffectiveReadinessResponse> {
    if (organisationId) await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', organisationId);
    // Both of one moment: who is taken out of a count is in it.
    const { tiers, held } = await this.dataSource.transaction('REPEATABLE READ', async (m) => ({
      tiers: summaryOf(await countsOf(m, actor, organisationId)).tiers,
      held: await this.held(m, actor, organisationId),
    }));
    return {
      asOf: this.clock.now(),
      tiers: tiers.map(({ tier, total, byVerdict }) => {
        const moved = held.filter((one) => one.tier === tier);
        for (const { own, effective, systems } of moved) {
          byVerdict[own] -= systems;
          byVerdict[effective] += systems;
        }
        return { tier, total, byVerdict, heldBack: moved.reduce((sum, { systems }) => sum + systems, 0) };
      }),
    };
  }

  private held(m: EntityManager, actor: Actor, organisationId?: string): Promise<Held[]> {
    const parameters = new SqlParameters();
    const within = [
      `s.lifecycle = 'OPERATING'`,
      scopeCondition(scopeOf(actor, 'readiness:read'), parameters, 's.organisation_id'),
      organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)})`,
    ].filter(Boolean);
    return m.query<Held[]>(
      `SELECT s.tier, r.verdict AS own, held.verdict AS effective, count(*)::int AS systems
       FROM (${HELD_BACK}) held JOIN system s ON s.id = held.id JOIN system_readiness r ON r.system_id = s.id
       WHERE ${within.join(' AND ')} GROUP BY 1, 2, 3`,
      parameters.values,
    );
  }
}
