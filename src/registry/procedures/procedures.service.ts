import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { Problem } from '../../platform/http/problem';
import { ProcedureVersion } from './procedure-version.entity';
import { Procedure } from './procedure.entity';
import { requireOrderedSteps } from './procedures.errors';

export type ProcedureContent = Pick<
  ProcedureVersion,
  'markdown' | 'launchCriteria' | 'launchedBy' | 'steps' | 'contacts'
>;

/** The writing of recovery procedures, up to the request for approval. None of it is proof yet. */
@Injectable()
export class ProceduresService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A new procedure with a draft as its version 1. Returns the version's id. */
  async create(actor: Actor, systemId: string, title: string, content: ProcedureContent): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'procedures:write', systemId);
      const procedure = { id: newId(), systemId, title, createdAt: this.clock.now() };
      await m.insert(Procedure, procedure);
      return this.insertVersion(m, actor, { ...procedure, organisationId }, 1, content);
    });
  }

  /**
   * A new version as a draft. One that was being written or was returned gives way to it. Returns its id.
   * @param basedOn the version it was written from, null for whatever is there
   * @throws Problem 409 while a version waits for approval, 412 when `basedOn` is not the newest version.
   */
  async addVersion(
    actor: Actor,
    procedureId: string,
    content: ProcedureContent,
    basedOn: string | null,
  ): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      // Locked, so that versions are numbered one after another.
      const procedure = await m.findOne(Procedure, {
        where: { id: procedureId },
        lock: { mode: 'for_no_key_update' },
      });
      const { organisationId } = await requireSystemOf(
        m,
        actor,
        'procedures:write',
        procedure?.systemId,
        'PROCEDURE_NOT_FOUND',
      );
      if (await m.existsBy(ProcedureVersion, { procedureId, status: 'SUBMITTED' }))
        throw new Problem(409, 'PROCEDURE_VERSION_WAITING');
      const newest = await m.findOne(ProcedureVersion, { where: { procedureId }, order: { version: 'DESC' } });
      if (basedOn !== null && newest?.id !== basedOn) throw new Problem(412, 'STALE');
      await m.update(
        ProcedureVersion,
        { procedureId, status: In(['DRAFT', 'RETURNED']) },
        { status: 'SUPERSEDED', rowVersion: () => 'row_version + 1' },
      );
      const version = (newest?.version ?? 0) + 1;
      return this.insertVersion(m, actor, { ...(procedure as Procedure), organisationId }, version, content);
    });
  }

  /** Asks for the approval of a draft or of a version that was returned. */
  async submit(actor: Actor, versionId: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const found = await m.findOne(ProcedureVersion, {
        where: { id: versionId },
        lock: { mode: 'for_no_key_update' },
      });
      const procedure = found && (await m.findOneByOrFail(Procedure, { id: found.procedureId }));
      const { organisationId } = await requireSystemOf(
        m,
        actor,
        'procedures:write',
        procedure?.systemId,
        'PROCEDURE_NOT_FOUND',
      );
      const { affected } = await m.update(
        ProcedureVersion,
        { id: versionId, status: In(['DRAFT', 'RETURNED']) },
        {
          status: 'SUBMITTED',
          submittedAt: this.clock.now(),
          submittedById: actor.userId,
          rowVersion: () => 'row_version + 1',
        },
      );
      if (affected !== 1) throw new Problem(409, 'PROCEDURE_NOT_DRAFT');
      await this.audit.record(m, actor, {
        action: 'procedure.submitted',
        recordType: 'procedure_version',
        recordId: versionId,
        organisationId,
        before: { status: found?.status },
        after: { status: 'SUBMITTED' },
      });
    });
  }

  private async insertVersion(
    m: EntityManager,
    actor: Actor,
    procedure: Procedure & { organisationId: string },
    version: number,
    content: ProcedureContent,
  ): Promise<string> {
    requireOrderedSteps(content.steps);
    const id = newId();
    const facts = { procedureId: procedure.id, version, status: 'DRAFT' as const };
    await m.insert(ProcedureVersion, {
      id,
      ...facts,
      ...content,
      authorId: actor.userId,
      createdAt: this.clock.now(),
    });
    await this.audit.record(m, actor, {
      action: 'procedure.drafted',
      recordType: 'procedure_version',
      recordId: id,
      organisationId: procedure.organisationId,
      after: { ...facts, systemId: procedure.systemId, title: procedure.title, steps: content.steps.length },
    });
    return id;
  }
}
