import { EntityManager } from 'typeorm';
import { countCopies } from '../core/evidence/copy-facts';
import { addDays } from '../core/time/civil-date';
import { localDate, startOfDay } from '../core/time/zone';
import { EvidenceIntake, NewEvidence } from '../obligations/evidence-intake';
import { newId } from '../platform/database/id';
import { BackupRequirement } from '../registry/backup-requirements/backup-requirement.entity';
import { ProcedureVersion } from '../registry/procedures/procedure-version.entity';
import { Procedure } from '../registry/procedures/procedure.entity';
import { DEFAULT_POLICY } from '../core/policy/default-policy';
import { DEMO_COPIES, DEMO_METHOD, DEMO_RETENTION } from './stories/demo-backups';
import { DEMO_PROCEDURE } from './stories/demo-procedure';
import { DemoSystem } from './stories/demo-story';

/** Over how many days before today readiness and backups can be followed back. */
export const DAYS_OF_HISTORY = 40;

const VERIFIED_EVERY_DAYS = 7;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AUTHOR = 'owner@demo.example';
const APPROVER = 'manager@demo.example';

/** Writes what has happened around the demo systems, as documents and as evidence of the day it was done. */
export class DemoHistory {
  constructor(
    private readonly m: EntityManager,
    private readonly intake: EvidenceIntake,
    private readonly person: (email: string) => string,
    private readonly now: Date,
    private readonly timeZone: string,
  ) {}

  /** @returns the backup requirements whose recovery point is renewed while the demo runs. */
  async write(systemId: string, story: DemoSystem): Promise<string[]> {
    if (story.procedure) await this.procedure(systemId, story);
    const requirementId = story.backup ? await this.requirement(systemId, story, story.backup) : null;
    const proofs = [
      ...this.documents(systemId, story, requirementId),
      ...(story.backup && requirementId ? this.backups(systemId, story.backup, requirementId) : []),
      ...this.tests(systemId, story),
      ...this.attestations(systemId, story),
    ];
    if (proofs.length > 0) await this.intake.take(this.m, proofs);
    return requirementId && story.backup?.point === 'fresh' ? [requirementId] : [];
  }

  private async procedure(systemId: string, story: DemoSystem): Promise<void> {
    const procedureId = newId();
    await this.m.insert(Procedure, { id: procedureId, systemId, title: `${story.name} 復旧手順` });
    await this.m.insert(ProcedureVersion, {
      id: newId(),
      procedureId,
      version: 1,
      status: 'APPROVED',
      ...DEMO_PROCEDURE,
      authorId: this.person(AUTHOR),
      submittedAt: this.daysAgo((story.procedure?.approvedDaysAgo ?? 0) + 1),
      approvedById: this.person(APPROVER),
      approvedAt: this.daysAgo(story.procedure?.approvedDaysAgo ?? 0),
    } as never);
  }

  private async requirement(
    systemId: string,
    story: DemoSystem,
    backup: NonNullable<DemoSystem['backup']>,
  ): Promise<string> {
    const id = newId();
    const approved = backup.approvedDaysAgo !== null;
    const declaredOn = addDays(
      localDate(this.now, this.timeZone),
      -(approved ? (backup.approvedDaysAgo ?? 0) + 5 : story.operatingDays),
    );
    await this.m.insert(BackupRequirement, {
      id,
      systemId,
      dataset: '業務データベース',
      method: DEMO_METHOD,
      intervalMinutes: story.rpoHours * 60,
      retention: DEMO_RETENTION,
      rpoMinutes: story.rpoHours * 60,
      copies: DEMO_COPIES[backup.copies] as never,
      status: approved ? 'APPROVED' : 'DRAFT',
      authorId: this.person(AUTHOR),
      approvedById: approved ? this.person(APPROVER) : null,
      approvedAt: approved ? this.daysAgo(backup.approvedDaysAgo ?? 0) : null,
      declaredOn,
    });
    return id;
  }

  private documents(systemId: string, story: DemoSystem, requirementId: string | null): NewEvidence[] {
    const { procedure, backup } = story;
    const approval = (
      subject: 'PROCEDURE' | 'BACKUP_REQUIREMENT',
      days: number | null | undefined,
      extra: Partial<NewEvidence> = {},
    ): NewEvidence[] =>
      days === null || days === undefined
        ? []
        : [{ ...this.proof(systemId, 'APPROVAL', days, APPROVER), subject, source: 'WORKFLOW', ...extra }];
    const review = (subject: 'PROCEDURE' | 'CONTACTS' | 'IMPORTANCE', days: number | undefined): NewEvidence[] =>
      days === undefined ? [] : [{ ...this.proof(systemId, 'REVIEW', days, AUTHOR), subject }];
    return [
      ...approval('PROCEDURE', procedure?.approvedDaysAgo),
      ...review('PROCEDURE', procedure?.reviewedDaysAgo),
      ...review('CONTACTS', story.contactsDaysAgo),
      ...review('IMPORTANCE', story.importanceDaysAgo),
      ...approval('BACKUP_REQUIREMENT', backup?.approvedDaysAgo, {
        backupRequirementId: requirementId,
        copyFacts: backup ? countCopies(DEMO_COPIES[backup.copies]) : null,
      }),
    ];
  }

  private backups(
    systemId: string,
    backup: NonNullable<DemoSystem['backup']>,
    backupRequirementId: string,
  ): NewEvidence[] {
    const hours = backup.point === 'fresh' ? 0 : backup.point;
    const point = hours === null ? null : new Date(this.now.getTime() - hours * HOUR_MS);
    const verified: number[] = [];
    for (let days = backup.verifiedDaysAgo ?? Infinity; days <= 2 * DAYS_OF_HISTORY; days += VERIFIED_EVERY_DAYS)
      verified.push(days);
    return [
      ...(point ? [...this.pointsBefore(point), point] : []).map((at) => ({
        ...this.proof(systemId, 'BACKUP', 0, AUTHOR, at),
        strength: 'COMPLETED' as const,
        backupRequirementId,
        recoveryPointAt: at,
        tool: 'pgBackRest',
      })),
      ...verified.map((days) => ({
        ...this.proof(systemId, 'VERIFICATION', days, AUTHOR),
        strength: 'DATA_CHECKED' as const,
        backupRequirementId,
      })),
    ];
  }

  /** One at the end of each day, so that the past can be followed; backups in between are left out. */
  private pointsBefore(point: Date): Date[] {
    const today = localDate(this.now, this.timeZone);
    const points: Date[] = [];
    for (let ago = DAYS_OF_HISTORY; ago > 0; ago -= 1) {
      const at = new Date(startOfDay(addDays(today, 1 - ago), this.timeZone).getTime() - 10 * MINUTE_MS);
      if (at < point) points.push(at);
    }
    return points;
  }

  private tests(systemId: string, { restores = [], drills = [] }: DemoSystem): NewEvidence[] {
    return [
      ...restores.map(({ daysAgo, outcome, minutes }) => ({
        ...this.proof(systemId, 'RESTORE_TEST', daysAgo, AUTHOR),
        outcome,
        strength: 'VALIDATED' as const,
        measuredMinutes: minutes,
        note: '検証環境に復元し、件数と最新の受付番号を確認した。',
      })),
      ...drills.map(({ type, daysAgo, minutes, checked }) => {
        const finishedAt = this.daysAgo(daysAgo);
        return {
          ...this.proof(systemId, 'DRILL', daysAgo, AUTHOR),
          measuredMinutes: minutes,
          drill: {
            type,
            startedAt: new Date(finishedAt.getTime() - minutes * 60_000),
            finishedAt,
            attestedById: this.person(APPROVER),
            check: checked ? { expected: '前日最終の受付番号まで参照できる', observed: '参照できた' } : null,
          },
        };
      }),
    ];
  }

  private attestations(systemId: string, { attestedDaysAgo }: DemoSystem): NewEvidence[] {
    if (attestedDaysAgo === undefined) return [];
    return DEFAULT_POLICY.rules
      .filter(({ kind }) => kind === 'ATTESTATION')
      .map(({ key }) => ({ ...this.proof(systemId, 'ATTESTATION', attestedDaysAgo, AUTHOR), ruleKey: key }));
  }

  private proof(
    systemId: string,
    kind: NewEvidence['kind'],
    days: number,
    performer: string,
    at = this.daysAgo(days),
  ): NewEvidence {
    return {
      ...{ systemId, kind, outcome: 'PASSED', strength: 'DECLARED', source: 'MANUAL' },
      ...{ performedAt: at, recordedAt: at, performerId: this.person(performer) },
    };
  }

  private daysAgo(days: number): Date {
    return new Date(this.now.getTime() - days * DAY_MS);
  }
}
