import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { planSteps } from '../../core/procedure/step-order';
import { Config } from '../../platform/config/config';
import { secretHints } from './reading/secret-hints';
import { ProcedurePage, ProcedureSummary, ProcedureVersionResponse } from './dto/procedure.response';

/** The page of a version: what the evidence of its approval and reviews links to. */
export const versionPath = (systemId: string, versionId: string): string =>
  `/systems/${systemId}/procedures/${versionId}`;

/** Reads of recovery procedures. */
@Injectable()
export class ProceduresQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** The procedures of a system, each with the version in force and the one being written. @throws Problem 404 for the system. */
  async ofSystem(actor: Actor, systemId: string): Promise<ProcedurePage> {
    await requireSystem(this.dataSource.manager, actor, 'procedures:read', systemId);
    const items = await this.dataSource.query<ProcedureSummary[]>(
      `SELECT p.id, p.title,
         (SELECT json_build_object('versionId', v.id, 'version', v.version, 'status', v.status, 'approvedAt', v.approved_at,
            'approvedBy', ${personJson('u')})
          FROM procedure_version v LEFT JOIN app_user u ON u.id = v.approved_by_id
          WHERE v.procedure_id = p.id AND v.status = 'APPROVED') AS current,
         (SELECT json_build_object('versionId', v.id, 'version', v.version, 'status', v.status) FROM procedure_version v
          WHERE v.procedure_id = p.id AND v.status IN ('DRAFT','SUBMITTED','RETURNED') ORDER BY v.version DESC LIMIT 1) AS draft,
         (SELECT (max(e.performed_at) AT TIME ZONE $2)::date::text FROM evidence e JOIN procedure_version v
            ON v.procedure_id = p.id AND e.link = '/systems/' || p.system_id || '/procedures/' || v.id
          WHERE e.system_id = p.system_id AND e.kind = 'REVIEW' AND e.superseded_by_id IS NULL) AS "lastReviewedOn"
       FROM procedure p WHERE p.system_id = $1 ORDER BY p.title, p.id`,
      [systemId, this.config.TZ_DEFAULT],
    );
    return { items, nextCursor: null };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async version(
    actor: Actor,
    versionId: string,
    m: EntityManager = this.dataSource.manager,
  ): Promise<ProcedureVersionResponse> {
    const [row] = await m.query<
      Omit<ProcedureVersionResponse, 'order' | 'criticalPath' | 'criticalPathMinutes' | 'secretHints'>[]
    >(
      `SELECT v.id, v.procedure_id AS "procedureId", p.system_id AS "systemId", p.title, v.version, v.status, v.markdown, v.steps,
         v.contacts, v.launch_criteria AS "launchCriteria", v.launched_by AS "launchedBy", ${personJson('author')} AS author, v.submitted_at AS "submittedAt", ${personJson('approver')} AS "approvedBy",
         v.approved_at AS "approvedAt", v.comment,
         (SELECT json_build_object('performedOn', (e.performed_at AT TIME ZONE $3)::date::text, 'version', (SELECT max(o.version)
            FROM procedure_version o WHERE o.procedure_id = p.id AND o.approved_at <= e.performed_at))
          FROM evidence e WHERE e.system_id = p.system_id AND e.kind = 'DRILL' AND e.outcome = 'PASSED'
            AND e.credited_drill_type IS NOT NULL AND e.superseded_by_id IS NULL AND e.usable
          ORDER BY e.performed_at DESC, e.id DESC LIMIT 1) AS "lastDrill",
         ($2 IN (v.author_id, v.submitted_by_id)) IS TRUE AS "ownRequest", v.created_at AS "createdAt"
       FROM procedure_version v JOIN procedure p ON p.id = v.procedure_id
       LEFT JOIN app_user author ON author.id = v.author_id LEFT JOIN app_user approver ON approver.id = v.approved_by_id
       WHERE v.id = $1`,
      [versionId, actor.userId, this.config.TZ_DEFAULT],
    );
    await requireSystemOf(m, actor, 'procedures:read', row?.systemId, 'PROCEDURE_NOT_FOUND');
    const version = row as NonNullable<typeof row>;
    return { ...version, ...planSteps(version.steps), secretHints: secretHints(version) };
  }
}
