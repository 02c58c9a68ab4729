import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import type { Permission } from '../../../access/permissions';
import { organisationJson, personJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import type { DrillReadiness } from '../../../core/drill/drill-readiness';
import { Clock } from '../../../platform/clock/clock';
import { canonicalJson } from '../../../platform/database/canonical-json';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/cursor';
import { Problem } from '../../../platform/http/problem';
import { renderReason } from '../../../platform/messages/render-reason';
import type { DrillReadinessItem } from '../dto/drill.response';
import { drilledSystemJson } from '../drills.queries';
import type {
  DrillRunReport,
  DrillRunReportResponse,
  DrillRunResponse,
  RunEventResponse,
} from './dto/drill-run.response';
import type { RunEventsQuery } from './dto/drill-run.request';
import { elapsedSecondsOf, factsOf, offeredActs, type StoredRun } from './run-facts';

type Standing = Pick<DrillRunResponse, 'status' | 'pausedAt' | 'endReason' | 'evidenceId' | 'lastEvent'>;
/** `readiness` is absent in reports from before it was kept in them. */
type StoredReport = DrillRunReport & { readiness?: DrillReadiness[] };
type Row = StoredRun & Standing & { missing: DrillReadiness[]; takesPart: boolean; mayAttest: boolean };

const FACTS = `r.id,
  json_build_object('id', d.id, 'kind', d.kind, 'type', d.type, 'title', d.title, 'scheduledAt', d.scheduled_at,
    'plannedMinutes', d.planned_minutes, 'timeBasis', d.time_basis) AS drill,
  ${drilledSystemJson} AS system, ${organisationJson('o')} AS organisation,
  CASE WHEN v.id IS NOT NULL THEN json_build_object('versionId', v.id, 'version', v.version, 'title', p.title) END AS procedure,
  r.opened_at AS "openedAt", ${personJson('opener')} AS "openedBy", r.started_at AS "startedAt", ${personJson('starter')} AS "startedBy",
  r.paused_at AS "pausedAt", r.paused_seconds AS "pausedSeconds", r.finished_at AS "finishedAt", r.recovery_point_at AS "recoveryPointAt",
  CASE WHEN r.report IS NOT NULL THEN (r.report->>'rtoMinutes')::integer ELSE s.rto_minutes END AS "rtoMinutes",
  CASE WHEN r.report IS NOT NULL THEN (r.report->>'rpoMinutes')::integer ELSE s.rpo_minutes END AS "rpoMinutes",
  d.check_expected AS "checkExpected", r.check_observed AS "checkObserved", r.check_held AS "checkHeld", r.claimed, r.note, ${personJson('completer')} AS "completedBy",
  ${personJson('attester')} AS "attestedBy", r.attested_at AS "attestedAt",
  (SELECT coalesce(json_agg(json_build_object('person', ${personJson('booked')}, 'part', b.one->>'part',
     'acknowledgedAt', b.one->>'acknowledgedAt') ORDER BY b.place), '[]')
   FROM jsonb_array_elements(r.participants) WITH ORDINALITY b(one, place) JOIN app_user booked ON booked.id = (b.one->>'userId')::uuid
  ) AS participants,
  (SELECT coalesce(json_agg(json_build_object('key', t.key, 'title', t.title, 'role', t.role, 'instructions', t.instructions,
     'location', t.location, 'plannedMinutes', t.planned_minutes, 'dependsOn', t.waits_for, 'status', t.status,
     'startedAt', t.started_at, 'startedBy', ${personJson('beginner')}, 'endedAt', t.ended_at, 'endedBy', ${personJson('ender')},
     'skipReason', t.skip_reason) ORDER BY t.position), '[]')
   FROM drill_run_step t LEFT JOIN app_user beginner ON beginner.id = t.started_by_id LEFT JOIN app_user ender ON ender.id = t.ended_by_id
   WHERE t.run_id = r.id) AS steps`;

const TABLES = `drill_run r JOIN drill d ON d.id = r.drill_id JOIN system s ON s.id = r.system_id
  JOIN organisation o ON o.id = s.organisation_id LEFT JOIN procedure_version v ON v.id = d.procedure_version_id
  LEFT JOIN procedure p ON p.id = v.procedure_id LEFT JOIN app_user opener ON opener.id = r.opened_by_id
  LEFT JOIN app_user starter ON starter.id = r.started_by_id LEFT JOIN app_user completer ON completer.id = r.completed_by_id
  LEFT JOIN app_user attester ON attester.id = r.attested_by_id`;

const EVENTS = `SELECT e.number, e.at, e.kind, ${personJson('u')} AS actor, e.step_key AS "stepKey", e.text
  FROM drill_run_event e LEFT JOIN app_user u ON u.id = e.actor_id`;

/** Reads of runs. */
@Injectable()
export class DrillRunsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<DrillRunResponse> {
    const parameters = new SqlParameters();
    const own = parameters.bind(actor.userId);
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${FACTS}, r.status, r.end_reason AS "endReason", r.evidence_id AS "evidenceId", r.readiness AS missing,
         (SELECT coalesce(max(e.number), 0) FROM drill_run_event e WHERE e.run_id = r.id) AS "lastEvent",
         (${scoped(actor, 'backup-evidence:write', parameters)}
           OR EXISTS (SELECT FROM drill_participant b WHERE b.drill_id = d.id AND b.user_id = ${own})) AS "takesPart",
         (${scoped(actor, 'evidence:write', parameters)} AND ${own} NOT IN (r.started_by_id, r.completed_by_id)) IS TRUE AS "mayAttest"
       FROM ${TABLES} WHERE r.id = ${parameters.bind(id)} AND ${scoped(actor, 'systems:read', parameters)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'DRILL_RUN_NOT_FOUND');
    const { missing, takesPart, mayAttest, status, endReason, evidenceId, lastEvent, ...stored } = row;
    const asOf = this.clock.now();
    return {
      ...factsOf(stored, asOf),
      ...{ status, endReason, evidenceId, lastEvent, asOf, pausedAt: stored.pausedAt },
      elapsedSeconds: elapsedSecondsOf(stored, asOf),
      readiness: worded(missing, actor),
      offered: offeredActs({
        status,
        kind: stored.drill.kind,
        isPaused: stored.pausedAt !== null,
        takesPart,
        mayAttest,
      }),
    };
  }

  /** What happened in a run, from the beginning. @throws Problem 404 when it is not there or not to be seen. */
  async events(actor: Actor, id: string, query: RunEventsQuery): Promise<Page<RunEventResponse>> {
    await this.requireVisible(actor, id);
    const [after] = decodeCursor(query.cursor, 'number') ?? [0];
    const items = await this.dataSource.query<RunEventResponse[]>(
      `${EVENTS} WHERE e.run_id = $1 AND e.number > $2::integer ORDER BY e.number LIMIT $3`,
      [id, after, query.limit + 1],
    );
    return pageOf(items, query.limit, ({ number }) => [number]);
  }

  /** @throws Problem 404 when the run is not there or not to be seen. */
  async requireVisible(actor: Actor, id: string): Promise<void> {
    const parameters = new SqlParameters();
    const [found] = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM drill_run r JOIN system s ON s.id = r.system_id
       WHERE r.id = ${parameters.bind(id)} AND ${scoped(actor, 'systems:read', parameters)}`,
      parameters.values,
    );
    if (!found) throw new Problem(404, 'DRILL_RUN_NOT_FOUND');
  }

  /** The frozen report. @throws Problem 404 when the run is not to be seen; 409 RUN_NOT_ATTESTED while there is none. */
  async storedReport(actor: Actor, id: string): Promise<DrillRunReportResponse> {
    await this.requireVisible(actor, id);
    const [row] = await this.dataSource.query<{ report: StoredReport | null; sha256: string }[]>(
      'SELECT report, report_sha256 AS sha256 FROM drill_run WHERE id = $1',
      [id],
    );
    if (!row?.report) throw new Problem(409, 'RUN_NOT_ATTESTED');
    const { report, sha256 } = row;
    const intact = createHash('sha256').update(canonicalJson(report)).digest('hex') === sha256;
    return { report, readiness: worded(report.readiness ?? [], actor), sha256, intact };
  }

  /** All that is known of a run that is being attested, as plain JSON. */
  async report(
    m: EntityManager,
    id: string,
    { attestedById, attestedAt }: { attestedById: string; attestedAt: Date },
  ): Promise<Record<string, unknown>> {
    const [row] = await m.query<StoredRun[]>(`SELECT ${FACTS}, r.readiness FROM ${TABLES} WHERE r.id = $1`, [id]);
    const [attester] = await m.query<{ person: unknown }[]>(
      `SELECT ${personJson('u')} AS person FROM app_user u WHERE u.id = $1`,
      [attestedById],
    );
    const events = await m.query<unknown[]>(`${EVENTS} WHERE e.run_id = $1 ORDER BY e.number`, [id]);
    const report = { ...factsOf(row as StoredRun, attestedAt), attestedBy: attester?.person, attestedAt, events };
    return JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
  }
}

/** What was there and what was missing, in the language of the reader. */
function worded(readiness: readonly DrillReadiness[], { locale, timeZone, calendar }: Actor): DrillReadinessItem[] {
  const wording = { locale, timeZone, calendar, ruleTitle: (key: string) => key };
  return readiness.map(({ reason, ...item }) => ({ ...item, reason: renderReason(reason, wording) }));
}

function scoped(actor: Actor, permission: Permission, parameters: SqlParameters): string {
  return scopeCondition(scopeOf(actor, permission), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
}
