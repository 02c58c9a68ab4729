import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { mayBeNamedAt } from '../../access/references/named-person';
import type { OpenedLink } from '../../access/mail-links/mail-links.service';
import { requireSystem } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { EvidenceIntake, NewEvidence } from '../../obligations/evidence-intake';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { FieldProblem, Problem } from '../../platform/http/problem';
import { RecordEvidenceRequest, SupersedeEvidenceRequest } from './dto/evidence.request';
import { RecordedEvidenceResponse } from './dto/evidence.response';
import { checkDraft, readDraft } from './evidence-draft';
import { permissionFor } from './evidence-permission';
import { EvidenceQueries } from './evidence.queries';

/** Takes proof from people. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly intake: EvidenceIntake,
    private readonly queries: EvidenceQueries,
    private readonly titles: RuleTitles,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Stores a proof and counts it at once. @throws Problem 403, 404, 409 for a run recorded before, 422 naming every wrong field. */
  async record(actor: Actor, systemId: string, request: RecordEvidenceRequest): Promise<RecordedEvidenceResponse> {
    return this.dataSource.transaction(async (m) => {
      const system = await requireSystem(m, actor, permissionFor(request.kind), systemId);
      return this.store(m, actor, system.organisationId, await this.proofOf(m, actor, systemId, request), null, null);
    });
  }

  /**
   * Stores a proof that came by a link in a mail.
   * @throws Problem 422 NOT_OF_LINK when it is about anything but the obligation of the link; as `record` otherwise.
   */
  async recordByLink(link: OpenedLink, request: RecordEvidenceRequest): Promise<RecordedEvidenceResponse> {
    const { evidenceKind, subject, backupRequirementId, ruleKey, actor, systemId } = link;
    const isAboutIt =
      request.kind === evidenceKind &&
      (request.kind !== 'REVIEW' || (request.subject ?? null) === subject) &&
      (request.backupRequirementId ?? null) === backupRequirementId &&
      (request.kind !== 'ATTESTATION' || request.ruleKey === ruleKey) &&
      (request.performerId ?? actor.userId) === actor.userId;
    if (!isAboutIt) throw new Problem(422, 'NOT_OF_LINK');
    return this.record(actor, systemId, request);
  }

  /** Stores a correction; the corrected record stays readable and no longer counts. @throws Problem 409 when it has been corrected already. */
  async supersede(
    actor: Actor,
    evidenceId: string,
    request: SupersedeEvidenceRequest,
  ): Promise<RecordedEvidenceResponse> {
    return this.dataSource.transaction(async (m) => {
      const old = await this.queries.get(actor, evidenceId, m);
      await requireSystem(m, actor, permissionFor(old.kind), old.systemId);
      const system = await requireSystem(m, actor, permissionFor(request.kind), old.systemId);
      // Two corrections of one record at once: the second waits here and then sees the first.
      const [live] = await m.query<{ id: string }[]>(
        `SELECT id FROM evidence WHERE id = $1 AND superseded_by_id IS NULL AND source = 'MANUAL' FOR UPDATE`,
        [evidenceId],
      );
      if (!live) throw new Problem(409, old.source === 'MANUAL' ? 'ALREADY_SUPERSEDED' : 'NOT_MANUAL_EVIDENCE');
      const proof = await this.proofOf(m, actor, old.systemId, request);
      return this.store(m, actor, system.organisationId, proof, evidenceId, request.reason);
    });
  }

  private async proofOf(
    m: EntityManager,
    actor: Actor,
    systemId: string,
    request: RecordEvidenceRequest,
  ): Promise<NewEvidence> {
    const draft = readDraft(request);
    const problems = [
      ...checkDraft(request, draft, this.clock.now()),
      ...(await this.unknownReferences(m, systemId, request)),
    ];
    if (problems.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors: problems });
    return {
      systemId,
      kind: request.kind,
      outcome: request.outcome,
      strength: request.strength ?? 'DECLARED',
      subject: request.subject ?? null,
      ruleKey: request.kind === 'ATTESTATION' ? (request.ruleKey ?? null) : null,
      backupRequirementId: request.backupRequirementId ?? null,
      tool: request.tool ?? null,
      runId: request.runId ?? null,
      note: request.note ?? null,
      link: request.link ?? null,
      ...draft,
      source: 'MANUAL',
      performerId: request.performerId ?? actor.userId,
      recordedById: actor.userId,
    };
  }

  private async unknownReferences(
    m: EntityManager,
    systemId: string,
    request: RecordEvidenceRequest,
  ): Promise<FieldProblem[]> {
    const { backupRequirementId, performerId, drill, kind, ruleKey } = request;
    const named = mayBeNamedAt('u', '(SELECT organisation_id FROM system WHERE id = $2)');
    const [found] = await m.query<{ requirement: boolean; performer: boolean; attester: boolean; rule: boolean }[]>(
      `SELECT EXISTS (SELECT FROM backup_requirement WHERE id = $1 AND system_id = $2 AND withdrawn_on IS NULL) AS requirement,
         EXISTS (SELECT FROM app_user u WHERE u.id = $3 AND ${named}) AS performer,
         EXISTS (SELECT FROM app_user u WHERE u.id = $4 AND ${named}) AS attester,
         EXISTS (SELECT FROM obligation WHERE system_id = $2 AND rule_key = $5 AND kind = 'ATTESTATION') AS rule`,
      [backupRequirementId ?? null, systemId, performerId ?? null, drill?.attestedById ?? null, ruleKey ?? null],
    );
    const unknown = (given: unknown, known: boolean | undefined, field: string): FieldProblem[] =>
      given && !known ? [{ field, code: 'NOT_FOUND' }] : [];
    return [
      ...unknown(backupRequirementId, found?.requirement, 'backupRequirementId'),
      ...unknown(performerId, found?.performer, 'performerId'),
      ...unknown(drill?.attestedById, found?.attester, 'drill.attestedById'),
      ...unknown(kind === 'ATTESTATION' && ruleKey, found?.rule, 'ruleKey'),
    ];
  }

  private async store(
    m: EntityManager,
    actor: Actor,
    organisationId: string,
    proof: NewEvidence,
    supersedes: string | null,
    reason: string | null,
  ): Promise<RecordedEvidenceResponse> {
    const { evidenceIds, changes } = await this.intake.take(m, [proof], supersedes);
    const id = evidenceIds[0] ?? '';
    const stored = await this.queries.get(actor, id, m);
    await this.audit.record(m, actor, {
      action: supersedes ? 'evidence.superseded' : 'evidence.recorded',
      recordType: 'evidence',
      recordId: id,
      organisationId,
      after: {
        systemId: proof.systemId,
        kind: proof.kind,
        outcome: stored.outcome,
        sha256: stored.sha256,
        supersedes,
        reason,
      },
    });
    return { ...stored, affected: await this.titles.affected(m, changes, actor.locale) };
  }
}
