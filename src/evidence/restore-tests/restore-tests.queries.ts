import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { checkPassed, type RestoreCheck } from '../../core/evidence/restore-checks';
import { type CursorQuery, decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import type { RestoreTestResponse } from './dto/restore-test.response';

type Row = Omit<RestoreTestResponse, 'checks'> & { checks: RestoreCheck[] };

/** Reads of restore tests. */
@Injectable()
export class RestoreTestsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The restore tests of a system, the newest first. @throws Problem 404 for the system. */
  async ofSystem(actor: Actor, systemId: string, query: CursorQuery): Promise<Page<RestoreTestResponse>> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    const parameters = new SqlParameters();
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map((value) => parameters.bind(value));
    const conditions = [
      `t.system_id = ${parameters.bind(systemId)}`,
      place && `(t.finished_at, t.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.rows(actor, parameters, conditions.join(' AND '), query.limit + 1);
    return pageOf(rows, query.limit, ({ finishedAt, id }) => [finishedAt.toISOString(), id]);
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<RestoreTestResponse> {
    const parameters = new SqlParameters();
    const [found] = await this.rows(actor, parameters, `t.id = ${parameters.bind(id)}`, 1);
    if (!found) throw new Problem(404, 'RESTORE_TEST_NOT_FOUND');
    return found;
  }

  private async rows(
    actor: Actor,
    parameters: SqlParameters,
    condition: string,
    limit: number,
  ): Promise<RestoreTestResponse[]> {
    const scope = scopeOf(actor, 'systems:read');
    const visible = scopeCondition(scope, parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT t.id, t.system_id AS "systemId", t.evidence_id AS "evidenceId", e.backup_requirement_id AS "backupRequirementId", b.dataset,
         t.restored, t.from_copy AS "fromCopy", t.started_at AS "startedAt", t.finished_at AS "finishedAt",
         e.measured_minutes AS "measuredMinutes", s.rto_minutes AS "rtoMinutes", e.recovery_point_at AS "recoveryPointAt", t.checks,
         e.outcome, e.strength, e.tool, e.run_id AS "runId", e.note, e.link, ${personJson('u')} AS performer,
         e.superseded_by_id IS NOT NULL AS superseded
       FROM restore_test t JOIN evidence e ON e.id = t.evidence_id JOIN system s ON s.id = t.system_id
       JOIN app_user u ON u.id = e.performer_id LEFT JOIN backup_requirement b ON b.id = e.backup_requirement_id
       WHERE ${condition} AND ${visible} ORDER BY t.finished_at DESC, t.id DESC LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    );
    return rows.map((row) => ({
      ...row,
      checks: row.checks.map((check) => ({ ...check, passed: checkPassed(check) })),
    }));
  }
}
