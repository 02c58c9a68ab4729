import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { contactChanges, stepChanges } from '../../../core/procedure/content-diff';
import { fieldProblem } from '../../../platform/http/problem';
import type { ProcedureVersionResponse } from '../dto/procedure.response';
import { ProceduresQueries } from '../procedures.queries';
import { textDiff } from './text-diff';
import type { VersionDiffResponse } from './version-diff.dto';

/** What an approver reads: how a version differs from the one it would replace. */
@Injectable()
export class VersionDiffQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly procedures: ProceduresQueries,
  ) {}

  /**
   * The differences of a version from another, by default from the one in force, else from the one before it.
   * @throws Problem 404 when it is not to be seen, 422 when the other is none of the same procedure.
   */
  async diff(actor: Actor, versionId: string, withId?: string): Promise<VersionDiffResponse> {
    const after = await this.procedures.version(actor, versionId);
    const other = await this.otherOf(after, withId);
    if (withId !== undefined && !other) throw fieldProblem(422, 'with', 'OTHER_PROCEDURE');
    const before = other === null ? null : await this.procedures.version(actor, other);
    return {
      before: before && { id: before.id, version: before.version },
      after: { id: after.id, version: after.version },
      markdown: textDiff(before?.markdown ?? '', after.markdown),
      launchCriteria: textDiff(before?.launchCriteria ?? '', after.launchCriteria ?? ''),
      launchedBy: textDiff(before?.launchedBy ?? '', after.launchedBy ?? ''),
      steps: stepChanges(before?.steps ?? [], after.steps),
      contacts: contactChanges(before?.contacts ?? [], after.contacts),
    };
  }

  private async otherOf(
    { id, procedureId, version }: ProcedureVersionResponse,
    withId?: string,
  ): Promise<string | null> {
    const [found] = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM procedure_version WHERE procedure_id = $1 AND id <> $2
         AND ($3::uuid IS NULL AND version < $4 OR id = $3) ORDER BY (status = 'APPROVED') DESC, version DESC LIMIT 1`,
      [procedureId, id, withId ?? null, version],
    );
    return found?.id ?? null;
  }
}
