import { EntityManager } from 'typeorm';
import type { Tier } from '../../core/importance/tier';
import { newId } from '../../platform/database/id';
import { unnest } from '../../platform/database/unnest';
import type { TierChange } from './tier-change.entity';

/** A tier that a system shall have. */
export interface WantedTier {
  systemId: string;
  fromTier: Tier;
  requestedTier: Tier;
  reason: string | null;
  importId: string | null;
}

/**
 * Writes requests in one statement; the caller holds the locks of the systems and audits them.
 * @returns those written: a system whose tier is being decided already is missing.
 */
export async function requestTierChanges(
  m: EntityManager,
  requestedById: string,
  requestedAt: Date,
  wanted: readonly WantedTier[],
): Promise<Pick<TierChange, 'id' | 'systemId'>[]> {
  if (wanted.length === 0) return [];
  const rows = wanted.map((one) => ({ id: newId(), ...one, requestedById, requestedAt }));
  const { columns, source, values } = unnest(
    rows,
    {
      ...{ id: 'uuid', systemId: 'uuid', fromTier: 'text', requestedTier: 'text', reason: 'text', importId: 'uuid' },
      ...{ requestedById: 'uuid', requestedAt: 'timestamptz' },
    },
    'wanted',
  );
  return m.query(
    `INSERT INTO tier_change (${columns.join(', ')}) SELECT * FROM ${source}
     ON CONFLICT (system_id) WHERE status = 'REQUESTED' DO NOTHING RETURNING id, system_id AS "systemId"`,
    values,
  );
}
