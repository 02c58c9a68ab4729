import type { Tier } from '../../core/importance/tier';
import { IMPROVEMENT_RULE_KEY } from '../../core/improvement/improvement-item';
import { type ItemFacts, judgeItem, occasionOfItem } from '../../core/improvement/judge-item';
import type { Moment } from '../../core/obligation/obligation';
import { IMPROVE } from '../../core/readiness/next-action';
import { newId } from '../../platform/database/id';
import type { Obligation } from '../obligation.entity';
import { noticesOf } from './notices';

/** Who owes open items: a system, or an organisation for itself. */
export interface Owing {
  systemId: string | null;
  organisationId: string;
  tier: Tier;
}

/** What belongs to no system is escalated like what a system of this tier owes (docs/domain.md section 4). */
export const TIER_OF_ORGANISATIONS: Tier = 'MODERATE';

/**
 * The obligations that open improvement items are: owed whatever the policy says, and gating nothing. Pure but for the ids of new ones.
 * @param stored by the id of the item.
 */
export function assessItems(
  items: readonly ItemFacts[],
  { systemId, organisationId, tier }: Owing,
  stored: ReadonlyMap<string, Obligation>,
  moment: Moment,
): Obligation[] {
  return items.map((item) => {
    const known = stored.get(item.id);
    return {
      ...{ id: known?.id ?? newId(), systemId, organisationId, tier },
      ...{ backupRequirementId: null, dutyOf: item.id, policyId: null },
      ...{ ruleKey: IMPROVEMENT_RULE_KEY, kind: 'IMPROVEMENT', gating: false, action: IMPROVE },
      ...judgeItem(item, moment),
      ...noticesOf(occasionOfItem(item, tier, moment.timeZone), known, moment.timeZone),
    };
  });
}
