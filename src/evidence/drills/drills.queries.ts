import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { stepChanges } from '../../core/procedure/content-diff';
import { addDays } from '../../core/time/civil-date';
import { startOfDay } from '../../core/time/zone';
import { Config } from '../../platform/config/config';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import type { ProcedureStep } from '../../registry/procedures/procedure-version.entity';
import type { DrillsQuery } from './dto/drill.request';
import type { DrillAct, DrillDrift, DrillResponse, DrillSummary } from './dto/drill.response';

type Row = Omit<DrillResponse, 'offered' | 'drift'> & {
  writable: boolean;
  runnable: boolean;
  awaited: boolean;
  drilledSteps: ProcedureStep[] | null;
  current: { versionId: string; version: number; steps: ProcedureStep[] } | null;
};

/** The system of a drill as screens name it, out of a joined `system s`. */
export const drilledSystemJson = `json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier)`;

const SUMMARY = `d.id, ${drilledSystemJson} AS system, ${organisationJson('o')} AS organisation, d.kind, d.type, d.title,
  d.scheduled_at AS "scheduledAt", d.planned_minutes AS "plannedMinutes", d.recurrence, d.time_basis AS "timeBasis", d.status,
  (SELECT count(*)::integer FROM drill_participant b WHERE b.drill_id = d.id) AS "participantCount",
  (SELECT count(b.acknowledged_at)::integer FROM drill_participant b WHERE b.drill_id = d.id) AS "acknowledgedCount"`;

/** Reads of drills, each with what the caller may do with it. */
@Injectable()
export class DrillsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** The drills and outages that the caller may see, the latest first. */
  async list(actor: Actor, query: DrillsQuery): Promise<Page<DrillSummary>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const zone = this.config.TZ_DEFAULT;
    const conditions = [
      scoped(actor, 'systems:read', parameters),
      query.systemId && `d.system_id = ${bind(query.systemId)}`,
      query.organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.status && `d.status = ${bind(query.status)}`,
      query.from && `d.scheduled_at >= ${bind(startOfDay(query.from, zone))}`,
      query.to && `d.scheduled_at < ${bind(startOfDay(addDays(query.to, 1), zone))}`,
      place && `(d.scheduled_at, d.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<DrillSummary[]>(
      `SELECT ${SUMMARY} FROM drill d JOIN system s ON s.id = d.system_id JOIN organisation o ON o.id = s.organisation_id
       WHERE ${conditions.join(' AND ')} ORDER BY d.scheduled_at DESC, d.id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    return pageOf(rows, query.limit, ({ scheduledAt, id }) => [scheduledAt.toISOString(), id]);
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<DrillResponse> {
    const parameters = new SqlParameters();
    const own = parameters.bind(actor.userId);
    const [found] = await this.dataSource.query<Row[]>(
      `SELECT ${SUMMARY}, d.step_keys AS "stepKeys", d.check_expected AS "checkExpected", d.created_at AS "createdAt",
         d.cancel_reason AS "cancelReason", d.row_version AS version, ${personJson('planner')} AS "plannedBy",
         ${personJson('canceller')} AS "cancelledBy", v.steps AS "drilledSteps",
         CASE WHEN v.id IS NOT NULL THEN json_build_object('versionId', v.id, 'version', v.version, 'title', p.title, 'status', v.status)
           END AS procedure,
         (SELECT json_build_object('versionId', c.id, 'version', c.version, 'steps', c.steps) FROM procedure_version c
          WHERE c.procedure_id = v.procedure_id AND c.status = 'APPROVED' AND c.id <> v.id) AS current,
         (SELECT coalesce(json_agg(json_build_object('person', ${personJson('u')}, 'part', b.part, 'acknowledgedAt', b.acknowledged_at)
            ORDER BY u.display_name, u.id), '[]') FROM drill_participant b JOIN app_user u ON u.id = b.user_id
          WHERE b.drill_id = d.id) AS participants,
         (SELECT coalesce(json_agg(json_build_object('id', r.id, 'status', r.status, 'openedAt', r.opened_at)
            ORDER BY r.opened_at DESC, r.id DESC), '[]') FROM drill_run r WHERE r.drill_id = d.id) AS runs,
         ${scoped(actor, 'evidence:write', parameters)} AS writable,
         ${scoped(actor, 'backup-evidence:write', parameters)} AS runnable,
         EXISTS (SELECT FROM drill_participant b WHERE b.drill_id = d.id AND b.user_id = ${own} AND b.acknowledged_at IS NULL) AS awaited
       FROM drill d JOIN system s ON s.id = d.system_id JOIN organisation o ON o.id = s.organisation_id
       JOIN app_user planner ON planner.id = d.planned_by_id LEFT JOIN app_user canceller ON canceller.id = d.cancelled_by_id
       LEFT JOIN procedure_version v ON v.id = d.procedure_version_id LEFT JOIN procedure p ON p.id = v.procedure_id
       WHERE d.id = ${parameters.bind(id)} AND ${scoped(actor, 'systems:read', parameters)}`,
      parameters.values,
    );
    if (!found) throw new Problem(404, 'DRILL_NOT_FOUND');
    const { writable, runnable, awaited, drilledSteps, current, ...row } = found;
    const isPlanned = row.status === 'PLANNED';
    const offered: DrillAct[] = [
      ...(isPlanned && writable ? (['change', 'cancel'] as const) : []),
      ...(isPlanned && awaited ? (['acknowledge'] as const) : []),
      ...(isPlanned && runnable ? (['open'] as const) : []),
    ];
    return { ...row, drift: current && driftOf(drilledSteps ?? [], current), offered };
  }
}

function driftOf(drilled: ProcedureStep[], { steps, ...version }: NonNullable<Row['current']>): DrillDrift {
  const changes = stepChanges(drilled, steps).map(({ change, step: { key, title } }) => ({ change, key, title }));
  return { ...version, steps: changes };
}

function scoped(actor: Actor, permission: Permission, parameters: SqlParameters): string {
  return scopeCondition(scopeOf(actor, permission), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
}
