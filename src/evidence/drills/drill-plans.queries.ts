import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { type DrillReadiness, drillReadiness, type DrillReadinessFacts } from '../../core/drill/drill-readiness';
import { isPlannedFor, proposedDay } from '../../core/drill/next-drill';
import type { DrillType } from '../../core/evidence/evidence';
import { localDate } from '../../core/time/zone';
import { RuleTitles } from '../../obligations/rule-titles';
import { isJapaneseHoliday } from '../../platform/calendar/japanese-holidays';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { renderReason } from '../../platform/messages/render-reason';
import { Drill } from './drill.entity';
import type { DrillProposal, DrillReadinessResponse } from './dto/drill.response';

interface Owed {
  ruleKey: string;
  policyId: string;
  dueOn: string;
}
/** A recovery point as it comes out of JSON. */
interface TextPoint {
  dataset: string;
  pointAt: string | null;
}
interface Planned {
  id: string;
  type: DrillType;
  scheduledAt: Date;
  isRecurring: boolean;
  isToCome: boolean;
}

/** What the planning of drills is told: which ones the policy asks for, and whether one is ready to begin. */
@Injectable()
export class DrillPlansQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The drills that the policy asks of a system and nobody has planned in time, the first due first. @throws Problem 404 for the system. */
  async proposals(actor: Actor, systemId: string): Promise<DrillProposal[]> {
    const m = this.dataSource.manager;
    await requireSystem(m, actor, 'systems:read', systemId);
    const owed = await m.query<Owed[]>(
      `SELECT rule_key AS "ruleKey", policy_id AS "policyId", due_on::text AS "dueOn" FROM obligation
       WHERE system_id = $1 AND kind = 'DRILL' AND due_on IS NOT NULL ORDER BY due_on, rule_key`,
      [systemId],
    );
    const drills = await m.query<Planned[]>(
      `SELECT id, type, scheduled_at AS "scheduledAt", recurrence = 'BY_POLICY' AS "isRecurring",
         status IN ('PLANNED', 'UNDER_WAY') AS "isToCome"
       FROM drill WHERE system_id = $1 AND kind = 'DRILL' AND status <> 'CANCELLED' ORDER BY scheduled_at DESC LIMIT 500`,
      [systemId],
    );
    await this.titles.load(owed.map(({ policyId }) => policyId));
    const zone = this.config.TZ_DEFAULT;
    const today = localDate(this.clock.now(), zone);
    return owed.flatMap(({ ruleKey, policyId, dueOn }): DrillProposal[] => {
      const types = this.titles.rule(policyId, ruleKey)?.metBy?.drillTypes ?? [];
      const [type] = types;
      const duty = { dueOn, types };
      const planned = drills.some(
        (drill) => drill.isToCome && isPlannedFor(duty, { ...drill, on: localDate(drill.scheduledAt, zone) }),
      );
      if (!type || planned) return [];
      const like = drills.find((drill) => drill.isRecurring && types.includes(drill.type));
      return [
        {
          ...{
            ruleKey,
            ruleTitle: this.titles.title(policyId, ruleKey, actor.locale),
            type: like?.type ?? type,
            dueOn,
          },
          proposedOn: proposedDay(duty, today, isJapaneseHoliday),
          likeDrillId: like?.id ?? null,
        },
      ];
    });
  }

  /** Whether a drill is ready to begin, point by point with reasons. @throws Problem 404 when it is not there or not to be seen. */
  async readiness(actor: Actor, drillId: string): Promise<DrillReadinessResponse> {
    const m = this.dataSource.manager;
    const drill = await m.findOneBy(Drill, { id: drillId });
    await requireSystemOf(m, actor, 'systems:read', drill?.systemId, 'DRILL_NOT_FOUND');
    const items = await this.readinessOf(m, drill as Drill);
    const { locale, timeZone, calendar } = actor;
    const wording = { locale, timeZone, calendar, ruleTitle: (key: string) => key };
    return {
      ready: items.every(({ ready }) => ready),
      items: items.map(({ reason, ...item }) => ({ ...item, reason: renderReason(reason, wording) })),
    };
  }

  /** The same as data, for the record of a run. An outage waits for nothing and so is asked for nothing. */
  async readinessOf(m: EntityManager, { id, type }: Pick<Drill, 'id' | 'type'>): Promise<DrillReadiness[]> {
    if (type === null) return [];
    const [facts] = await m.query<
      (Omit<DrillReadinessFacts, 'type' | 'recoveryPoints'> & { recoveryPoints: TextPoint[] })[]
    >(
      `SELECT CASE WHEN v.id IS NOT NULL THEN json_build_object('version', v.version, 'approved', v.status = 'APPROVED') END AS "drilledVersion",
         (SELECT c.version FROM procedure_version c WHERE c.procedure_id = v.procedure_id AND c.status = 'APPROVED') AS "versionInForce",
         (SELECT o.state IN ('MET', 'DUE_SOON') FROM obligation o WHERE o.system_id = d.system_id AND o.rule_key = 'contacts-confirmed')
           AS "contactsConfirmed",
         (SELECT coalesce(json_agg(json_build_object('dataset', b.dataset, 'pointAt', (SELECT max(e.recovery_point_at)
            FROM evidence e JOIN obligation o ON o.evidence_id = e.id WHERE o.backup_requirement_id = b.id
              AND o.kind = 'RECOVERY_POINT' AND o.state IN ('MET', 'DUE_SOON'))) ORDER BY b.dataset), '[]')
          FROM backup_requirement b WHERE b.system_id = d.system_id AND b.withdrawn_on IS NULL) AS "recoveryPoints",
         (SELECT count(*)::integer FROM drill_participant b WHERE b.drill_id = d.id) AS participants,
         (SELECT count(b.acknowledged_at)::integer FROM drill_participant b WHERE b.drill_id = d.id) AS acknowledged,
         d.check_expected AS "checkExpected"
       FROM drill d LEFT JOIN procedure_version v ON v.id = d.procedure_version_id WHERE d.id = $1`,
      [id],
    );
    if (!facts) return [];
    const recoveryPoints = facts.recoveryPoints.map(({ dataset, pointAt }) => ({
      dataset,
      pointAt: pointAt === null ? null : new Date(pointAt),
    }));
    return drillReadiness({ ...facts, type, recoveryPoints });
  }
}
