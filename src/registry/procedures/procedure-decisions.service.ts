import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { AccessedSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { AuditLog } from '../../audit/audit-log';
import { Outcome } from '../../core/evidence/evidence';
import { performedAt } from '../../core/evidence/performed-at';
import { AffectedObligation } from '../../obligations/dto/affected.response';
import { EvidenceIntake, NewEvidence } from '../../obligations/evidence-intake';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { ProcedureVersion } from './procedure-version.entity';
import { Procedure } from './procedure.entity';
import { versionPath } from './procedures.queries';

interface Review {
  performedOn: string;
  outcome: Outcome;
  note: string | null;
}

/** What approvers and reviewers decide on procedures; approval and review are proof. */
@Injectable()
export class ProcedureDecisionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly intake: EvidenceIntake,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Puts a submitted version in force in place of the one before.
   * @throws Problem 409 OWN_REQUEST for its author and for who submitted it, PROCEDURE_NOT_SUBMITTED when it does not wait for approval.
   */
  async approve(actor: Actor, versionId: string, comment: string | null): Promise<AffectedObligation[]> {
    return this.dataSource.transaction(async (m) => {
      const { version, procedure, system } = await this.submitted(m, actor, versionId);
      if ([version.authorId, version.submittedById].includes(actor.userId)) throw new Problem(409, 'OWN_REQUEST');
      await m.update(
        ProcedureVersion,
        { procedureId: procedure.id, status: 'APPROVED' },
        { status: 'SUPERSEDED', rowVersion: () => 'row_version + 1' },
      );
      const now = this.clock.now();
      await this.decide(m, actor, system, version, {
        status: 'APPROVED',
        approvedById: actor.userId,
        approvedAt: now,
        comment,
      });
      const note = [`${procedure.title} (${version.version})`, comment].filter(Boolean).join('\n');
      return this.prove(m, actor, versionId, {
        ...{ systemId: system.id, kind: 'APPROVAL', outcome: 'PASSED', performedAt: now, note },
      });
    });
  }

  /** Gives a submitted version back to its author. */
  async return(actor: Actor, versionId: string, comment: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { version, system } = await this.submitted(m, actor, versionId);
      await this.decide(m, actor, system, version, { status: 'RETURNED', comment });
    });
  }

  /**
   * Records that the version in force was reviewed.
   * @throws Problem 409 while none is in force, 422 for a day still to come.
   */
  async review(actor: Actor, procedureId: string, review: Review): Promise<AffectedObligation[]> {
    return this.dataSource.transaction(async (m) => {
      const procedure = await m.findOneBy(Procedure, { id: procedureId });
      const system = await requireSystemOf(m, actor, 'evidence:write', procedure?.systemId, 'PROCEDURE_NOT_FOUND');
      const inForce = await m.findOneBy(ProcedureVersion, { procedureId, status: 'APPROVED' });
      if (!inForce) throw new Problem(409, 'PROCEDURE_NOT_APPROVED');
      const at = performedAt(review.performedOn, this.clock.now(), this.config.TZ_DEFAULT);
      if (!at) throw fieldProblem(422, 'performedOn', 'IN_THE_FUTURE');
      await this.audit.record(m, actor, {
        action: 'procedure.reviewed',
        recordType: 'procedure_version',
        recordId: inForce.id,
        organisationId: system.organisationId,
        after: { ...review },
      });
      const { outcome, note } = review;
      return this.prove(m, actor, inForce.id, { systemId: system.id, kind: 'REVIEW', outcome, performedAt: at, note });
    });
  }

  private async submitted(
    m: EntityManager,
    actor: Actor,
    versionId: string,
  ): Promise<{ version: ProcedureVersion; procedure: Procedure; system: AccessedSystem }> {
    const version = await m.findOne(ProcedureVersion, {
      where: { id: versionId },
      lock: { mode: 'for_no_key_update' },
    });
    const procedure = version && (await m.findOneBy(Procedure, { id: version.procedureId }));
    const system = await requireSystemOf(m, actor, 'procedures:approve', procedure?.systemId, 'PROCEDURE_NOT_FOUND');
    if (!version || !procedure || version.status !== 'SUBMITTED') throw new Problem(409, 'PROCEDURE_NOT_SUBMITTED');
    return { version, procedure, system };
  }

  private async decide(
    m: EntityManager,
    actor: Actor,
    { organisationId }: AccessedSystem,
    { id, rowVersion }: ProcedureVersion,
    decision: Partial<ProcedureVersion>,
  ): Promise<void> {
    await m.update(ProcedureVersion, { id, rowVersion }, { ...(decision as object), rowVersion: rowVersion + 1 });
    await this.audit.record(m, actor, {
      action: decision.status === 'APPROVED' ? 'procedure.approved' : 'procedure.returned',
      recordType: 'procedure_version',
      recordId: id,
      organisationId,
      before: { status: 'SUBMITTED' },
      after: { status: decision.status, comment: decision.comment },
    });
  }

  private async prove(
    m: EntityManager,
    actor: Actor,
    versionId: string,
    proof: Pick<NewEvidence, 'kind' | 'outcome' | 'performedAt' | 'note'> & { systemId: string },
  ): Promise<AffectedObligation[]> {
    const { changes } = await this.intake.take(m, [
      {
        ...proof,
        subject: 'PROCEDURE',
        strength: 'DECLARED',
        performerId: actor.userId,
        source: 'WORKFLOW',
        link: versionPath(proof.systemId, versionId),
      },
    ]);
    return this.titles.affected(m, changes, actor.locale);
  }
}
