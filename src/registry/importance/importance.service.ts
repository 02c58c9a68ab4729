import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { AuditLog } from '../../audit/audit-log';
import { type Dependent, topTier } from '../../core/importance/dependents';
import { easedImpacts, type Impacts, longestBearableStop, STOP_MINUTES } from '../../core/importance/impact';
import { type Answers, suggestTier } from '../../core/importance/questionnaire';
import { compareTiers, type Tier } from '../../core/importance/tier';
import { addMonths, type CivilDate } from '../../core/time/civil-date';
import { formatMinutes } from '../../core/time/duration';
import { localDate } from '../../core/time/zone';
import type { AffectedObligation } from '../../obligations/dto/affected.response';
import { EvidenceIntake } from '../../obligations/evidence-intake';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { SystemRow } from '../systems/system-row';
import { System } from '../systems/system.entity';
import { grantTier } from '../tier-changes/grant-tier';
import { requestTierChanges } from '../tier-changes/request-tier-changes';
import { decidingPermission } from '../tier-changes/tier-change-permission';
import { TierChange } from '../tier-changes/tier-change.entity';
import { dependentsJson } from './dependents-sql';
import { ImportanceAssessment } from './importance-assessment.entity';

export interface ApprovedTier {
  tier: Tier;
  rationale: string;
  setMtd: boolean;
}

/** After a lowering the importance is looked at again within this time (domain.md section 7). */
const REVIEW_MONTHS_AFTER_LOWERING = 6;

/** How important a system is: one person answers, another approves the tier (domain.md section 7). */
@Injectable()
export class ImportanceService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly intake: EvidenceIntake,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Keeps the answers with what they suggest; answers that nobody has approved yet give way to them. Returns the id.
   * @throws Problem 409 for a retired system, 422 for impacts that get milder with time.
   */
  async assess(actor: Actor, systemId: string, answers: Answers, impacts: Impacts | null): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'systems:write', systemId);
      const system = await lock(m, systemId);
      requireSoundImpacts(impacts);
      const { availability, integrity } = system;
      const dependents = await loadDependents(m, systemId);
      const facts = { availability, integrity, dependentsTier: topTier(dependents) };
      const { tier, provisional, grounds } = suggestTier(answers, facts);
      await m.update(ImportanceAssessment, { systemId, status: 'SUBMITTED' }, { status: 'SUPERSEDED' });
      const id = newId();
      const number = ((await m.maximum(ImportanceAssessment, 'number', { systemId })) ?? 0) + 1;
      await m.insert(ImportanceAssessment, {
        ...{ id, systemId, number, answers, impacts, provisional, suggestedTier: tier, madeById: actor.userId },
        grounds: grounds as never,
        dependents: dependents as never,
        mtdMinutes: impacts && longestBearableStop(impacts),
        madeAt: this.clock.now(),
      });
      await this.audit.record(m, actor, {
        action: 'importance.assessed',
        recordType: 'importance_assessment',
        recordId: id,
        organisationId,
        after: { systemId, number, answers, suggestedTier: tier, provisional },
      });
      return id;
    });
  }

  /**
   * Gives the system a tier on the answers, as their maker asks and somebody else decides. Counts as a review of the importance.
   * @throws Problem 409 OWN_REQUEST for the maker, ASSESSMENT_NOT_SUBMITTED, TIER_CHANGE_WAITING; 403 when lowering needs another approver;
   *   422 for an RTO longer than the MTD to be set.
   */
  async approve(actor: Actor, id: string, { tier, rationale, setMtd }: ApprovedTier): Promise<AffectedObligation[]> {
    return this.dataSource.transaction(async (m) => {
      const found = await m.findOneBy(ImportanceAssessment, { id });
      const seen = await requireSystemOf(m, actor, 'systems:read', found?.systemId, 'ASSESSMENT_NOT_FOUND');
      const system = await lock(m, seen.id);
      await requireSystem(m, actor, decidingPermission(system.tier, tier), system.id);
      const assessment = await m.findOneByOrFail(ImportanceAssessment, { id });
      if (assessment.status !== 'SUBMITTED') throw new Problem(409, 'ASSESSMENT_NOT_SUBMITTED');
      if (assessment.madeById === actor.userId) throw new Problem(409, 'OWN_REQUEST');
      const mtdMinutes = setMtd && assessment.mtdMinutes !== null ? assessment.mtdMinutes : system.mtdMinutes;
      if (mtdMinutes !== system.mtdMinutes && system.rtoMinutes !== null && system.rtoMinutes > (mtdMinutes ?? 0))
        throw fieldProblem(422, 'setMtd', 'RTO_ABOVE_MTD');
      const now = this.clock.now();
      const today = localDate(now, this.config.TZ_DEFAULT);
      const reference = await this.tierReference(m, actor, system, assessment, tier, rationale, now);
      await grantTier(m, this.audit, actor, system, { tier, mtdMinutes }, reference, now, today);
      await this.close(m, actor, system, assessment, { tier, rationale }, now, today);
      const { changes } = await this.intake.take(m, [
        {
          ...{ systemId: system.id, kind: 'REVIEW', subject: 'IMPORTANCE', outcome: 'PASSED', performedAt: now },
          ...{ strength: 'DECLARED', performerId: actor.userId, source: 'WORKFLOW', note: rationale },
        },
      ]);
      return this.titles.affected(m, changes, actor.locale);
    });
  }

  /** The request that the database asks of a change of tier: made by who answered, decided by who approves. */
  private async tierReference(
    m: EntityManager,
    actor: Actor,
    system: SystemRow,
    { id, madeById }: ImportanceAssessment,
    tier: Tier,
    rationale: string,
    now: Date,
  ): Promise<Record<string, string>> {
    if (tier === system.tier) return { assessmentId: id };
    const wanted = {
      systemId: system.id,
      fromTier: system.tier,
      requestedTier: tier,
      reason: rationale,
      importId: null,
    };
    const [request] = await requestTierChanges(m, madeById, now, [wanted]);
    if (!request) throw new Problem(409, 'TIER_CHANGE_WAITING');
    await m.update(
      TierChange,
      { id: request.id },
      { status: 'APPROVED', comment: rationale, decidedById: actor.userId, decidedAt: now },
    );
    return { assessmentId: id, tierChangeId: request.id };
  }

  private async close(
    m: EntityManager,
    actor: Actor,
    system: SystemRow,
    { id, suggestedTier }: ImportanceAssessment,
    { tier, rationale }: { tier: Tier; rationale: string },
    now: Date,
    today: CivilDate,
  ): Promise<void> {
    const lowers = compareTiers(tier, system.tier) > 0;
    const reviewOn = lowers ? addMonths(today, REVIEW_MONTHS_AFTER_LOWERING) : null;
    await m.update(
      ImportanceAssessment,
      { id },
      { status: 'APPROVED', approvedTier: tier, rationale, approvedById: actor.userId, approvedAt: now, reviewOn },
    );
    await this.audit.record(m, actor, {
      action: 'importance.approved',
      recordType: 'importance_assessment',
      recordId: id,
      organisationId: system.organisationId,
      before: { tier: system.tier },
      after: { systemId: system.id, suggestedTier, tier, rationale, reviewOn },
    });
  }
}

async function loadDependents(m: EntityManager, systemId: string): Promise<Dependent[]> {
  const [found] = await m.query<[{ dependents: Dependent[] }]>(`SELECT ${dependentsJson('$1')} AS dependents`, [
    systemId,
  ]);
  return found.dependents;
}

async function lock(m: EntityManager, id: string): Promise<SystemRow> {
  const system = await m.findOneOrFail(System, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (system.lifecycle === 'RETIRED') throw new Problem(409, 'SYSTEM_RETIRED');
  return system;
}

function requireSoundImpacts(impacts: Impacts | null): void {
  const eased = impacts ? easedImpacts(impacts) : [];
  if (eased.length === 0) return;
  const errors = eased.map(({ area, column }) => ({
    field: `impacts.${area}[${column}]`,
    code: 'IMPACT_EASES',
    params: { stop: formatMinutes(STOP_MINUTES[column] as number) },
  }));
  throw new Problem(422, 'INVALID_FIELDS', { errors });
}
