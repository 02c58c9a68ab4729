import { type Actor, hasAnywhere, scopeOf } from '../../access/actor';
import { scopeCondition, type SqlParameters } from '../../access/scope/scope-sql';
import { type AuditAction, DENIALS } from '../audit-actions';
import type { AuditFilter } from './dto/audit-events.request';

/**
 * The condition on `audit_event e` that keeps a query to what the actor may see. What belongs to no organisation, or to one that is gone, is
 * seen by who may see the events of every organisation there is.
 */
export function visible(actor: Actor, parameters: SqlParameters): string {
  const within = (column: string): string => scopeCondition(scopeOf(actor, 'audit:read'), parameters, column);
  return `(${within('e.organisation_id')}
    OR NOT EXISTS (SELECT FROM organisation o WHERE o.id = e.organisation_id)
      AND NOT EXISTS (SELECT FROM organisation o WHERE o.parent_id IS NULL AND NOT ${within('o.id')}))`;
}

/** The conditions of a filter on `audit_event e`; `u` is the actor's row. */
export function filtered(filter: AuditFilter, actor: Actor, parameters: SqlParameters): string[] {
  const bind = (value: unknown): string => parameters.bind(value);
  const { actorId, action, recordType, recordId, systemId, organisationId, denied, q } = filter;
  const conditions = [
    ...within(filter, actor, parameters),
    actorId && `e.actor_id = ${bind(actorId)}`,
    action && (action.endsWith('.') ? `starts_with(e.action, ${bind(action)})` : `e.action = ${bind(action)}`),
    recordType && `e.record_type = ${bind(recordType)}`,
    recordId && `e.record_id = ${bind(recordId)}`,
    systemId && `e.record_id IN (${recordsOf(bind(systemId))})`,
    organisationId &&
      `e.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(organisationId)})`,
    denied && `e.action = ANY(${bind(DENIALS)})`,
    q && containing(bind(`%${q.replace(/[\\%_]/g, '\\$&')}%`)),
  ];
  return conditions.filter((condition) => typeof condition === 'string' && condition !== '') as string[];
}

/** The days of a filter as conditions, in the zone of who asks. */
export function within({ from, to }: AuditFilter, { timeZone }: Actor, parameters: SqlParameters): string[] {
  const midnight = (day: string, plus: number): string =>
    `(${parameters.bind(day)}::date + ${plus})::timestamp AT TIME ZONE ${parameters.bind(timeZone)}`;
  return [...(from ? [`e.at >= ${midnight(from, 0)}`] : []), ...(to ? [`e.at < ${midnight(to, 1)}`] : [])];
}

/** What happens step by step in a run: its own log tells it, and it would crowd a history. */
const IN_A_RUN: readonly AuditAction[] = [
  ...(['drill_run.step_started', 'drill_run.step_finished', 'drill_run.step_skipped'] as const),
  ...(['drill_run.noted', 'drill_run.observed'] as const),
];

/** The condition on `audit_event e` of the history of a system for whoever sees it: what was done, not who tried or looked. */
export function historyOf(systemId: string, actor: Actor, parameters: SqlParameters): string {
  const procedures = hasAnywhere(actor, 'procedures:read') ? '' : `AND e.record_type <> 'procedure_version'`;
  return `e.record_id IN (${recordsOf(parameters.bind(systemId))}) ${procedures}
    AND e.action <> ALL(${parameters.bind([...DENIALS, ...IN_A_RUN])})`;
}

/** The ids of a system and of the records that belong to it. */
const recordsOf = (system: string): string => `SELECT ${system}::uuid
  UNION ALL SELECT id FROM evidence WHERE system_id = ${system}
  UNION ALL SELECT id FROM backup_requirement WHERE system_id = ${system}
  UNION ALL SELECT id FROM tier_change WHERE system_id = ${system}
  UNION ALL SELECT id FROM waiver WHERE system_id = ${system}
  UNION ALL SELECT id FROM importance_assessment WHERE system_id = ${system}
  UNION ALL SELECT id FROM improvement_item WHERE system_id = ${system}
  UNION ALL SELECT id FROM drill WHERE system_id = ${system}
  UNION ALL SELECT id FROM drill_run WHERE system_id = ${system}
  UNION ALL SELECT id FROM restore_test WHERE system_id = ${system}
  UNION ALL SELECT v.id FROM procedure_version v JOIN procedure p ON p.id = v.procedure_id WHERE p.system_id = ${system}`;

const containing = (pattern: string): string =>
  `(${['e.action', 'e.request_id', 'u.display_name', 'u.email', 'e.before::text', 'e.after::text']
    .map((text) => `${text} ILIKE ${pattern}`)
    .join(' OR ')})`;
