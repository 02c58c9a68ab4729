import { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/id';
import { ColumnTypes, unnest } from '../../platform/database/unnest';
import type { StateChange } from '../obligation-ledger';
import { Obligation } from '../obligation.entity';
import { SystemReadiness } from '../system-readiness.entity';

const OBLIGATION: ColumnTypes<Obligation> = {
  id: 'uuid',
  systemId: 'uuid',
  backupRequirementId: 'uuid',
  dutyOf: 'uuid',
  organisationId: 'uuid',
  tier: 'text',
  ruleKey: 'text',
  kind: 'text',
  gating: 'boolean',
  policyId: 'uuid',
  state: 'text',
  reason: 'jsonb',
  action: 'jsonb',
  dueOn: 'date',
  dueAt: 'timestamptz',
  since: 'timestamptz',
  evidenceId: 'uuid',
  attentionAt: 'timestamptz',
  occasion: 'jsonb',
  notifiedThroughOn: 'date',
  notifyAt: 'timestamptz',
};

const READINESS: ColumnTypes<SystemReadiness> = {
  systemId: 'uuid',
  organisationId: 'uuid',
  tier: 'text',
  lifecycle: 'text',
  verdict: 'text',
  applicable: 'integer',
  met: 'integer',
  dueSoon: 'integer',
  overdue: 'integer',
  failed: 'integer',
  unknown: 'integer',
  waived: 'integer',
  sentence: 'jsonb',
  nextObligationId: 'uuid',
  policyId: 'uuid',
};

export async function insertObligations(m: EntityManager, rows: readonly Obligation[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(rows, OBLIGATION, 'row');
  await m.query(`INSERT INTO obligation (${columns.join(', ')}) SELECT * FROM ${source}`, values);
}

export async function updateObligations(m: EntityManager, rows: readonly Obligation[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(rows, OBLIGATION, 'row');
  const assignments = columns.filter((column) => column !== 'id').map((column) => `${column} = row.${column}`);
  await m.query(`UPDATE obligation SET ${assignments.join(', ')} FROM ${source} WHERE obligation.id = row.id`, values);
}

/** Writes the verdicts that differ; a row that stays as it is fires no count trigger. */
export async function upsertReadiness(m: EntityManager, rows: readonly SystemReadiness[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(rows, READINESS, 'row');
  const rest = columns.filter((column) => column !== 'system_id');
  await m.query(
    `INSERT INTO system_readiness AS stored (${columns.join(', ')}) SELECT * FROM ${source}
     ON CONFLICT (system_id) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}
     WHERE (${rest.map((column) => `stored.${column}`).join(', ')}) IS DISTINCT FROM (${rest.map((column) => `excluded.${column}`).join(', ')})`,
    values,
  );
}

/**
 * What made a change is the evidence that the obligation rests on anew, unless it is older than what it rested on before: then that one was
 * corrected, and an old one counts again.
 */
const TURNED_BY = `CASE WHEN row.evidence_id IS DISTINCT FROM row.evidence_before AND row.to_state IS NOT NULL AND NOT EXISTS (
    SELECT FROM evidence old JOIN evidence now ON now.id = row.evidence_id WHERE old.id = row.evidence_before AND old.recorded_at > now.recorded_at)
  THEN row.evidence_id END`;

export async function insertTransitions(m: EntityManager, changes: readonly StateChange[], at: Date): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(
    ({ obligationId, systemId, ruleKey, dutyOf, fromState, toState, evidenceId, evidenceBefore }) => ({
      ...{ id: newId(), obligationId, systemId, ruleKey, dutyOf, fromState, toState, at, evidenceId, evidenceBefore },
    }),
  );
  const { columns, source, values } = unnest(
    rows,
    {
      id: 'uuid',
      obligationId: 'uuid',
      systemId: 'uuid',
      ruleKey: 'text',
      dutyOf: 'uuid',
      fromState: 'text',
      toState: 'text',
      at: 'timestamptz',
      evidenceId: 'uuid',
      evidenceBefore: 'uuid',
    },
    'row',
  );
  const kept = columns.filter((column) => column !== 'evidence_before');
  await m.query(
    `INSERT INTO obligation_transition (${kept.join(', ')}, turned_by_id)
     SELECT ${kept.map((column) => `row.${column}`).join(', ')}, ${TURNED_BY} FROM ${source}`,
    values,
  );
}
