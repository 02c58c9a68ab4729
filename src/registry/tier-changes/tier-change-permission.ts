import type { Permission } from '../../access/permissions';
import { compareTiers, type Tier } from '../../core/importance/tier';

/** Which permission decides a change of tier: lowering needs the approver of the higher tier (domain.md section 2). */
export function decidingPermission(fromTier: Tier, requestedTier: Tier): Permission {
  const lowers = compareTiers(requestedTier, fromTier) > 0;
  return lowers && fromTier === 'HIGH' ? 'high-tiers:lower' : 'tiers:approve';
}
