import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { formatMinutes } from '../../core/time/duration';
import { Problem } from '../../platform/http/problem';
import { requireSystem } from '../../access/scope/system-access';
import { type ComparedAssessment, comparedColumns, outdatedBy } from './compared-dependents';
import type { AssessmentPage, AssessmentResponse } from './dto/assessment.response';

type Row = Omit<AssessmentResponse, 'mtd' | 'outdated'> & { mtdMinutes: number | null } & ComparedAssessment;

/** Reads of what was answered about the importance of systems. */
@Injectable()
export class ImportanceQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Everything that was answered about a system, newest first. @throws Problem 404 for the system. */
  async ofSystem(actor: Actor, systemId: string): Promise<AssessmentPage> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    return { items: await this.select(actor, 'a.system_id', systemId) };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<AssessmentResponse> {
    const [found] = await this.select(actor, 'a.id', id);
    if (!found) throw new Problem(404, 'ASSESSMENT_NOT_FOUND');
    return found;
  }

  private async select(actor: Actor, column: string, id: string): Promise<AssessmentResponse[]> {
    const parameters = new SqlParameters();
    const scoped = (permission: 'systems:read' | 'tiers:approve', of = 's'): string =>
      scopeCondition(scopeOf(actor, permission), parameters, `${of}.organisation_id`, [
        `${of}.owner_id`,
        `${of}.deputy_id`,
      ]);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT a.id, a.system_id AS "systemId", a.number, a.status, a.answers, a.impacts, a.suggested_tier AS "suggestedTier",
         a.provisional, a.grounds, a.mtd_minutes AS "mtdMinutes", ${personJson('maker')} AS "madeBy", a.made_at AS "madeAt",
         a.approved_tier AS "approvedTier", a.rationale, ${personJson('approver')} AS "approvedBy", a.approved_at AS "approvedAt",
         a.review_on::text AS "reviewOn",
         (s.rto_minutes > a.mtd_minutes AND NOT EXISTS (SELECT FROM importance_assessment later
           WHERE later.system_id = a.system_id AND later.number > a.number AND later.mtd_minutes IS NOT NULL)) IS TRUE AS "rtoAboveMtd",
         (a.status = 'SUBMITTED' AND s.lifecycle <> 'RETIRED' AND a.made_by_id <> ${parameters.bind(actor.userId)}
           AND ${scoped('tiers:approve')}) AS "mayApprove", ${comparedColumns(scoped('systems:read', 'n'))}
       FROM importance_assessment a JOIN system s ON s.id = a.system_id
       LEFT JOIN app_user maker ON maker.id = a.made_by_id LEFT JOIN app_user approver ON approver.id = a.approved_by_id
       WHERE ${column} = ${parameters.bind(id)} AND ${scoped('systems:read')} ORDER BY a.number DESC LIMIT 200`,
      parameters.values,
    );
    return rows.map(({ mtdMinutes, compared, ...row }) => ({
      ...row,
      outdated: compared && outdatedBy(row, compared),
      mtd: mtdMinutes === null ? null : formatMinutes(mtdMinutes),
    }));
  }
}
