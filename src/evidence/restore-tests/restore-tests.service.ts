import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { wholeMinutes } from '../../core/drill/drill-clock';
import type { Outcome } from '../../core/evidence/evidence';
import { judgeRestore, type RestoreCheck } from '../../core/evidence/restore-checks';
import type { AffectedObligation } from '../../obligations/dto/affected.response';
import { EvidenceIntake } from '../../obligations/evidence-intake';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { type FieldProblem, Problem } from '../../platform/http/problem';
import { RestoreTest } from './restore-test.entity';

export type NewRestoreTest = Pick<RestoreTest, 'restored' | 'fromCopy' | 'startedAt' | 'finishedAt' | 'checks'> & {
  outcome: Outcome;
  backupRequirementId: string | null;
  recoveryPointAt: Date | null;
  tool: string | null;
  runId: string | null;
  note: string | null;
  link: string | null;
};

/** Restore tests, by people and by programs: each is evidence at once (domain.md section 4). */
@Injectable()
export class RestoreTestsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly intake: EvidenceIntake,
    private readonly titles: RuleTitles,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a restore test and its evidence, and counts it. Returns its id and what it turned.
   * @throws Problem 404, 403; 409 for a run that was recorded before; 422 for times that cannot be, an unknown requirement, a run without a tool.
   */
  async record(
    actor: Actor,
    systemId: string,
    test: NewRestoreTest,
  ): Promise<{ id: string; affected: AffectedObligation[] }> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'backup-evidence:write', systemId);
      const { restored, fromCopy, startedAt, finishedAt, checks, backupRequirementId, recoveryPointAt } = test;
      const [known] = backupRequirementId
        ? await m.query<unknown[]>(
            'SELECT 1 FROM backup_requirement WHERE id = $1 AND system_id = $2 AND withdrawn_on IS NULL',
            [backupRequirementId, systemId],
          )
        : [true];
      const problems = [...problemsOf(test, this.clock.now()), ...(known ? [] : [UNKNOWN])];
      if (problems.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors: problems });
      const id = newId();
      const { evidenceIds, changes } = await this.intake.take(m, [
        {
          ...{ systemId, kind: 'RESTORE_TEST', ...judgeRestore(test.outcome, checks) },
          ...{
            performedAt: finishedAt,
            backupRequirementId,
            recoveryPointAt,
            source: 'MANUAL',
            performerId: actor.userId,
          },
          measuredMinutes: wholeMinutes(finishedAt.getTime() - startedAt.getTime()),
          link: test.link ?? `/restore-tests/${id}`,
          ...{ tool: test.tool, runId: test.runId, note: test.note },
        },
      ]);
      const evidenceId = evidenceIds[0] as string;
      const row = { id, evidenceId, systemId, restored, fromCopy, startedAt, finishedAt };
      await m.insert(RestoreTest, { ...row, checks: checks as RestoreCheck[] } as never);
      await this.audit.record(m, actor, {
        action: 'restore_test.recorded',
        recordType: 'restore_test',
        recordId: id,
        organisationId,
        after: { ...row, outcome: test.outcome, checks: checks.length },
      });
      return { id, affected: await this.titles.affected(m, changes, actor.locale) };
    });
  }
}

const UNKNOWN: FieldProblem = { field: 'backupRequirementId', code: 'NOT_FOUND' };

function problemsOf(
  { startedAt, finishedAt, recoveryPointAt, tool, runId }: NewRestoreTest,
  now: Date,
): FieldProblem[] {
  return [
    ...(finishedAt < startedAt ? [{ field: 'finishedAt', code: 'BEFORE_START' }] : []),
    ...(finishedAt > now ? [{ field: 'finishedAt', code: 'IN_THE_FUTURE' }] : []),
    ...(recoveryPointAt && recoveryPointAt > startedAt ? [{ field: 'recoveryPointAt', code: 'AFTER_START' }] : []),
    ...(runId && !tool ? [{ field: 'tool', code: 'REQUIRED' }] : []),
  ];
}
