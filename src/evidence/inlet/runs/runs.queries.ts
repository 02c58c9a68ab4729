import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, wordingOf } from '../../../access/actor';
import { requireSystemOf } from '../../../access/scope/system-of-record';
import { gradeRecoveryPoint } from '../../../core/evidence/recovery-point';
import { missedSlots } from '../../../core/inlet/missed-slots';
import type { Reason } from '../../../core/readiness/reason';
import { addDays } from '../../../core/time/civil-date';
import { formatMinutes } from '../../../core/time/duration';
import { localDate, startOfDay } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { renderReason } from '../../../platform/messages/render-reason';
import type { DayOfRuns, RecoveryPointGauge, RequirementRunsResponse } from '../dto/runs.dto';
import { nextSlot } from '../schedule/next-slot';
import { copyFindings, type InletOfRequirement, type RunRow, sizeFindings } from './findings';
import { IS_MEASURE } from './sizes-sql';

const MINUTE_MS = 60_000;
/** Of a source that reports every minute, the newest are enough for a page. */
const MOST_RUNS = 20_000;

interface Facts {
  systemId: string;
  rpoMinutes: number;
  copies: { site: string; offsite: boolean; offline: boolean; immutable: boolean }[];
  newestPointAt: Date | null;
  verified: boolean;
  restored: boolean;
  clockAhead: boolean;
  inlets: InletOfRequirement[];
}

const FACTS = `
  SELECT b.system_id AS "systemId", b.rpo_minutes AS "rpoMinutes", b.copies,
    (SELECT max(e.recovery_point_at) FROM evidence e WHERE e.backup_requirement_id = b.id AND e.kind = 'BACKUP' AND e.outcome = 'PASSED'
       AND e.usable AND e.superseded_by_id IS NULL) AS "newestPointAt",
    EXISTS (SELECT FROM evidence e WHERE e.backup_requirement_id = b.id AND e.kind = 'VERIFICATION' AND e.outcome = 'PASSED' AND e.usable
      AND e.superseded_by_id IS NULL) AS verified,
    EXISTS (SELECT FROM evidence e WHERE e.system_id = b.system_id AND e.kind = 'RESTORE_TEST' AND e.outcome = 'PASSED' AND e.usable
      AND e.superseded_by_id IS NULL) AS restored,
    EXISTS (SELECT FROM inlet i CROSS JOIN LATERAL (SELECT s.flags FROM submission s WHERE s.inlet_id = i.id
      ORDER BY s.received_at DESC, s.id DESC LIMIT 1) last WHERE i.backup_requirement_id = b.id AND last.flags ? 'FUTURE_TIME') AS "clockAhead",
    (SELECT coalesce(json_agg(json_build_object('id', i.id, 'kind', i.schedule_kind, 'expression', i.schedule, 'timeZone', i.time_zone,
       'graceMinutes', i.grace_minutes, 'createdAt', i.created_at, 'copySite', i.copy_site)), '[]')
     FROM inlet i WHERE i.backup_requirement_id = b.id AND i.revoked_at IS NULL) AS inlets
  FROM backup_requirement b WHERE b.id = $1`;

/** The runs of a requirement that began since `$2`, newest first. */
const RUNS = `
  SELECT coalesce(e.started_at, e.performed_at) AS "startedAt", e.kind, e.outcome, e.inlet_id AS "inletId", e.size_basis AS "sizeBasis",
    CASE WHEN ${IS_MEASURE} THEN e.size_bytes::text END AS "sizeBytes", e.recovery_point_at AS "recoveryPointAt", e.run ->> 'copySite' AS "copySite", e.strength
  FROM evidence e LEFT JOIN inlet i ON i.id = e.inlet_id
  WHERE e.backup_requirement_id = $1 AND e.kind IN ('BACKUP', 'VERIFICATION', 'RESTORE_TEST') AND e.superseded_by_id IS NULL
    AND e.performed_at >= $2 ORDER BY e.performed_at DESC, e.id DESC LIMIT ${MOST_RUNS}`;

/** How the backups of a requirement went: the calendar, the age of the newest point, and what is wrong. */
@Injectable()
export class RunsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 when the requirement is not there or not to be seen. */
  async ofRequirement(actor: Actor, id: string, days: number): Promise<RequirementRunsResponse> {
    const [facts] = await this.dataSource.query<Facts[]>(FACTS, [id]);
    const { manager } = this.dataSource;
    await requireSystemOf(manager, actor, 'systems:read', facts?.systemId, 'BACKUP_REQUIREMENT_NOT_FOUND');
    const asOf = this.clock.now();
    const { timeZone } = actor;
    const firstOn = addDays(localDate(asOf, timeZone), 1 - days);
    const runs = await this.dataSource.query<RunRow[]>(RUNS, [id, startOfDay(firstOn, timeZone)]);
    const found = facts as Facts;
    const wording = { ...wordingOf(actor), ruleTitle: (key: string) => key };
    return {
      asOf,
      days: calendarOf(runs, found.inlets, { firstOn, days, timeZone, asOf }),
      recoveryPoint: gaugeOf(found, asOf),
      findings: findingsOf(found, runs, asOf).map((reason) => renderReason(reason, wording)),
    };
  }
}

function calendarOf(
  runs: readonly RunRow[],
  inlets: readonly InletOfRequirement[],
  { firstOn, days, timeZone, asOf }: { firstOn: string; days: number; timeZone: string; asOf: Date },
): DayOfRuns[] {
  const calendar = new Map<string, DayOfRuns>();
  for (let day = 0; day < days; day += 1) {
    const on = addDays(firstOn, day);
    calendar.set(on, { on, passed: 0, partial: 0, failed: 0, running: 0, missed: 0 });
  }
  const count = (at: Date, what: 'passed' | 'partial' | 'failed' | 'running' | 'missed'): void => {
    const day = calendar.get(localDate(at, timeZone));
    if (day) day[what] += 1;
  };
  const begin = startOfDay(firstOn, timeZone);
  for (const run of runs) count(run.startedAt, run.outcome.toLowerCase() as 'passed');
  for (const inlet of inlets) {
    const madeAt = new Date(inlet.createdAt);
    const source = {
      since: madeAt > begin ? madeAt : begin,
      graceMinutes: inlet.graceMinutes,
      nextSlot: (after: Date) => nextSlot(inlet, after),
    };
    const own = runs.filter(({ inletId }) => inletId === inlet.id);
    const timed = own.map(({ startedAt, outcome }) => ({ startedAt, passed: outcome === 'PASSED' }));
    for (const slot of missedSlots(timed, source, asOf)) count(slot, 'missed');
  }
  return [...calendar.values()];
}

function gaugeOf({ rpoMinutes, newestPointAt }: Facts, asOf: Date): RecoveryPointGauge {
  const rpo = formatMinutes(rpoMinutes);
  if (!newestPointAt) return { rpo, newestPointAt, rpa: null, ratio: null, grade: null };
  const minutes = Math.max(0, (asOf.getTime() - newestPointAt.getTime()) / MINUTE_MS);
  return {
    rpo,
    newestPointAt,
    rpa: formatMinutes(Math.floor(minutes)),
    ratio: Math.round((minutes / rpoMinutes) * 100) / 100,
    grade: gradeRecoveryPoint(newestPointAt, rpoMinutes, asOf),
  };
}

function findingsOf(facts: Facts, runs: readonly RunRow[], asOf: Date): Reason[] {
  return [
    ...sizeFindings(runs),
    ...(facts.inlets.length > 0 ? copyFindings(facts, runs, asOf) : []),
    ...(facts.clockAhead ? [{ code: 'CLOCK_AHEAD', params: {} } as const] : []),
    ...(facts.newestPointAt && !facts.verified ? [{ code: 'NEVER_VERIFIED', params: {} } as const] : []),
    ...(facts.newestPointAt && !facts.restored ? [{ code: 'NEVER_RESTORED', params: {} } as const] : []),
  ];
}
