import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { decodeCursor, Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { EvidenceQuery } from './dto/evidence.request';
import { EvidenceResponse } from './dto/evidence.response';

export const EVIDENCE_COLUMNS = `
  e.id, e.system_id AS "systemId", e.backup_requirement_id AS "backupRequirementId", e.kind, e.subject, e.rule_key AS "ruleKey",
    e.outcome, e.strength, e.performed_at AS "performedAt", e.recorded_at AS "recordedAt", e.recovery_point_at AS "recoveryPointAt",
    e.measured_minutes AS "measuredMinutes", e.drill, e.credited_drill_type AS "creditedDrillType",
    e.shared_from_id IS NOT NULL AS shared, e.tool, e.run_id AS "runId",
    e.note, e.link, e.source, e.sha256, e.superseded_by_id AS "supersededById", e.usable, e.submission_id AS "submissionId",
    e.started_at AS "startedAt", e.finished_at AS "finishedAt", e.size_bytes::text AS "sizeBytes", e.stored_bytes::text AS "storedBytes",
    e.flags, e.run, CASE WHEN i.id IS NOT NULL THEN json_build_object('id', i.id, 'name', i.name) END AS inlet,
    ${personJson('performer')} AS performer, ${personJson('recorder')} AS "recordedBy"`;

export const EVIDENCE_TABLES = `
  FROM evidence e JOIN system s ON s.id = e.system_id
  LEFT JOIN app_user performer ON performer.id = e.performer_id LEFT JOIN app_user recorder ON recorder.id = e.recorded_by_id
  LEFT JOIN inlet i ON i.id = e.inlet_id`;

const SELECT = `SELECT ${EVIDENCE_COLUMNS} ${EVIDENCE_TABLES}`;

export const scopeOfReader = (actor: Actor, parameters: SqlParameters, system = 's'): string =>
  scopeCondition(scopeOf(actor, 'systems:read'), parameters, `${system}.organisation_id`, [
    `${system}.owner_id`,
    `${system}.deputy_id`,
  ]);

/** Reads of evidence for screens. */
@Injectable()
export class EvidenceQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The evidence of one system, newest first. @throws Problem 404 when the system may not be seen. */
  async ofSystem(actor: Actor, systemId: string, query: EvidenceQuery): Promise<Page<EvidenceResponse>> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      `e.system_id = ${bind(systemId)}`,
      query.kind && `e.kind = ${bind(query.kind)}`,
      query.backupRequirementId && `e.backup_requirement_id = ${bind(query.backupRequirementId)}`,
      !query.superseded && 'e.superseded_by_id IS NULL',
      place && `(e.performed_at, e.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<EvidenceResponse[]>(
      `${SELECT} WHERE ${conditions.join(' AND ')} ORDER BY e.performed_at DESC, e.id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    return pageOf(rows, query.limit, ({ performedAt, id }) => [performedAt.toISOString(), id]);
  }

  /** One record. @throws Problem 404 when it may not be seen. */
  async get(actor: Actor, id: string, m: EntityManager = this.dataSource.manager): Promise<EvidenceResponse> {
    const parameters = new SqlParameters();
    const [row] = await m.query<EvidenceResponse[]>(
      `${SELECT} WHERE e.id = ${parameters.bind(id)} AND ${scopeOfReader(actor, parameters)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'EVIDENCE_NOT_FOUND');
    return row;
  }
}
