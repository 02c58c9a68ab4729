import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { requireSystem } from '../../../access/scope/system-access';
import { AuditLog } from '../../../audit/audit-log';
import { achievedMinutes } from '../../../core/drill/drill-clock';
import { RESTORING } from '../../../core/drill/drill-readiness';
import { outcomeAgainstCheck } from '../../../core/evidence/drill-credit';
import type { Strength } from '../../../core/evidence/evidence-strength';
import { lockSystems } from '../../../obligations/ledger/obligation-facts';
import type { AffectedObligation } from '../../../obligations/dto/affected.response';
import { EvidenceIntake } from '../../../obligations/evidence-intake';
import { withDependents } from '../../../obligations/intake/shared-drills';
import { RuleTitles } from '../../../obligations/rule-titles';
import { ObligationLedger } from '../../../obligations/obligation-ledger';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { canonicalJson } from '../../../platform/database/canonical-json';
import { Problem } from '../../../platform/http/problem';
import { message } from '../../../platform/messages/messages';
import { openItem } from '../../../registry/improvements/open-item';
import { Drill } from '../drill.entity';
import { DrillRunsQueries } from './drill-runs.queries';
import type { DrillRunFacts } from './dto/drill-run.response';
import { DrillRun } from './drill-run.entity';
import { type LockedRun, RunRecord } from './run-record';

/** Somebody else says that it was so: the run is frozen, and a drill becomes evidence (domain.md section 4). */
@Injectable()
export class RunAttestationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly record: RunRecord,
    private readonly queries: DrillRunsQueries,
    private readonly intake: EvidenceIntake,
    private readonly ledger: ObligationLedger,
    private readonly audit: AuditLog,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Attests a completed run. A drill becomes evidence, and the obligations that it turned are given back; a real outage proves no drill.
   * @throws Problem 403; 409 OWN_RUN for who started or completed it, RUN_NOT_OPEN when it is not completed or attested already.
   */
  attest(actor: Actor, id: string): Promise<AffectedObligation[]> {
    return this.dataSource.transaction(async (m) => {
      const found = await m.findOneBy(DrillRun, { id });
      // Systems before anything of theirs, as every writer of evidence does it.
      if (found) await lockSystems(m, await withDependents(m, found.systemId));
      const locked = await this.record.open(m, actor, id, 'COMPLETED');
      const { run } = locked;
      await requireSystem(m, actor, 'evidence:write', run.systemId);
      if ([run.startedById, run.completedById].includes(actor.userId)) throw new Problem(409, 'OWN_RUN');
      const drill = await m.findOneByOrFail(Drill, { id: run.drillId });
      const { evidenceId, affected } = await this.prove(m, actor, drill, run);
      await m.update(Drill, { id: drill.id }, { status: 'HELD', rowVersion: drill.rowVersion + 1 });
      await this.record.tell(m, actor, locked, 'ATTESTED');
      const attested = { attestedById: actor.userId, attestedAt: this.clock.now() };
      const report = await this.queries.report(m, id, attested);
      await m.update(DrillRun, { id }, {
        ...{ status: 'ATTESTED', ...attested, evidenceId, chaseAt: null, report },
        reportSha256: createHash('sha256').update(canonicalJson(report)).digest('hex'),
      } as never);
      if (report.outcome === 'FAILED')
        await this.improve(m, actor, locked, report as unknown as DrillRunFacts, evidenceId);
      return affected;
    });
  }

  /** What failed, or took longer than the RTO, is to be improved within 30 days; an item of a drill closes with the retest. */
  private async improve(
    m: EntityManager,
    actor: Actor,
    { run, organisationId }: LockedRun,
    { drill, claimed, checkHeld, checkExpected, checkObserved, rtaMinutes, rtoMinutes }: DrillRunFacts,
    sourceEvidenceId: string | null,
  ): Promise<void> {
    const { ledger, audit } = this;
    const opening = { m, ledger, audit, actor, now: this.clock.now(), timeZone: this.config.TZ_DEFAULT };
    const why = claimed === 'FAILED' ? 'drill.failed' : checkHeld === false ? 'drill.checkNotHeld' : 'drill.slow';
    const said = { expected: checkExpected ?? '—', observed: checkObserved ?? '—' };
    await openItem(opening, {
      ...{
        systemId: run.systemId,
        organisationId,
        sourceEvidenceId,
        title: drill.title,
        link: `/drill-runs/${run.id}`,
      },
      source: drill.kind === 'OUTAGE' ? 'INCIDENT' : 'DRILL',
      description: message(actor.locale, why, { rta: rtaMinutes ?? '—', rto: rtoMinutes ?? '—', ...said }),
    });
  }

  private async prove(
    m: EntityManager,
    actor: Actor,
    drill: Drill,
    run: DrillRun,
  ): Promise<{ evidenceId: string | null; affected: AffectedObligation[] }> {
    const { type, checkExpected } = drill;
    const { startedAt, finishedAt, checkObserved, checkHeld, claimed, completedById, recoveryPointAt, note } = run;
    if (type === null || !finishedAt || !claimed || !completedById) return { evidenceId: null, affected: [] };
    const check =
      checkExpected && checkObserved ? { expected: checkExpected, observed: checkObserved, held: checkHeld } : null;
    const strength: Strength = !RESTORING.includes(type)
      ? 'DECLARED'
      : check && checkHeld !== false
        ? 'VALIDATED'
        : 'RESTORED';
    const { evidenceIds, changes } = await this.intake.take(m, [
      {
        ...{
          systemId: run.systemId,
          kind: 'DRILL',
          outcome: outcomeAgainstCheck(claimed, checkHeld),
          strength,
          performedAt: finishedAt,
          recoveryPointAt,
          note,
        },
        measuredMinutes: achievedMinutes(type, run, finishedAt),
        drill: { type, startedAt, finishedAt, attestedById: actor.userId, check },
        ...{
          performerId: completedById,
          recordedById: actor.userId,
          source: 'WORKFLOW',
          link: `/drill-runs/${run.id}`,
        },
      },
    ]);
    return { evidenceId: evidenceIds[0] ?? null, affected: await this.titles.affected(m, changes, actor.locale) };
  }
}
