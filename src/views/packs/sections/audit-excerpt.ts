import type { SqlParameters } from '../../../access/scope/scope-sql';
import { START } from '../../../audit/chain/chain-hash';
import { visible } from '../../../audit/events/audit-filter-sql';
import { inItems, inOrganisations, inPeriod, inSystems, type PackScope } from './pack-scope';
import type { Section } from './section';

const WITH_A_SYSTEM = [
  ...([
    'evidence',
    'backup_requirement',
    'tier_change',
    'waiver',
    'importance_assessment',
    'improvement_item',
  ] as const),
  ...(['drill', 'drill_run', 'restore_test', 'inlet', 'reminder'] as const),
];

/** The ids of everything that the pack tells of, and of the policies that it rests on. */
function recordsOf(scope: PackScope, parameters: SqlParameters): string {
  const systems = (column: string): string => inSystems(scope, parameters, column);
  return [
    `SELECT s.id FROM system s WHERE ${systems('s.id')}`,
    ...WITH_A_SYSTEM.map((table) => `SELECT of.id FROM ${table} of WHERE ${systems('of.system_id')}`),
    `SELECT v.id FROM procedure_version v JOIN procedure p ON p.id = v.procedure_id WHERE ${systems('p.system_id')}`,
    `SELECT z.id FROM snooze z JOIN obligation_transition t ON t.obligation_id = z.obligation_id WHERE ${systems('t.system_id')}`,
    `SELECT r.policy_id FROM system_readiness r WHERE ${systems('r.system_id')}`,
    ...(scope.systemId === null
      ? [
          `SELECT o.id FROM organisation o WHERE ${inOrganisations(scope, parameters, 'o.id')}`,
          `SELECT i.id FROM improvement_item i WHERE ${inItems(scope, parameters, 'i.id')}`,
          `SELECT i.evidence_id FROM improvement_item i WHERE ${inItems(scope, parameters, 'i.id')}`,
        ]
      : []),
  ].join(' UNION ');
}

/** The events about what is in the pack, as far as its reader may see them, each with its place in the chain of all events. */
export const AUDIT: Section = {
  file: 'audit.ndjson',
  people: ['actorId', 'onBehalfOfId'],
  sql: (scope, parameters) => `
    SELECT l.seq::integer AS seq, coalesce(before.hash, '${START.hash}') AS previous, l.hash, audit_text(e) AS event,
      e.actor_id AS "actorId", e.on_behalf_of_id AS "onBehalfOfId"
    FROM audit_event e JOIN audit_link l ON l.event_id = e.id LEFT JOIN audit_link before ON before.seq = l.seq - 1
    WHERE e.record_id IN (${recordsOf(scope, parameters)}) AND ${visible(scope.actor, parameters)}
      AND ${inPeriod(scope, parameters, 'e.at')}
    ORDER BY l.seq`,
  lines: (rows) => Promise.resolve(rows.map(({ actorId: _actor, onBehalfOfId: _for, ...line }) => line)),
};
