import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import { achievedOf, asMeasured } from '../../core/drill/achieved';
import type { AchievedPointResponse, AchievedResponse } from './dto/achieved.response';

/** More would not be looked at, and a system that is restored daily has them within a year. */
const NEWEST = 500;

const MINUTES = (from: string, to: string): string =>
  `CASE WHEN ${to} IS NOT NULL THEN greatest(0, ceil(extract(epoch FROM ${from} - ${to}) / 60))::integer END`;

/** Failures from before it was kept are told apart by what was claimed of their run, or by their time. */
const RECOVERED = `coalesce(e.recovered, e.outcome <> 'FAILED' OR r.claimed <> 'FAILED' OR r.id IS NULL AND e.measured_minutes > s.rto_minutes, false)`;

/**
 * Every measured recovery of a system: restore tests and drills out of the evidence that stands, real outages out of runs that were attested.
 * A drill that only talks or calls measures no recovery.
 */
const POINTS = `
  SELECT e.id, CASE WHEN e.kind = 'RESTORE_TEST' THEN 'RESTORE_TEST' ELSE 'DRILL' END AS source, e.drill->>'type' AS "drillType",
    e.performed_at AS at, e.measured_minutes AS "rtaMinutes",
    ${MINUTES(`coalesce((e.drill->>'startedAt')::timestamptz, e.performed_at)`, 'e.recovery_point_at')} AS "rpaMinutes",
    coalesce(d.time_basis, 'ELAPSED') AS "timeBasis", e.outcome, ${RECOVERED} AS recovered, r.id AS "runId"
  FROM evidence e JOIN system s ON s.id = e.system_id LEFT JOIN drill_run r ON r.evidence_id = e.id LEFT JOIN drill d ON d.id = r.drill_id
  WHERE e.system_id = $1 AND e.superseded_by_id IS NULL
    AND (e.kind = 'RESTORE_TEST' OR (e.kind = 'DRILL' AND e.drill->>'type' IN ('FUNCTIONAL', 'FULL_SCALE')))
    AND (e.measured_minutes IS NOT NULL OR e.recovery_point_at IS NOT NULL)
  UNION ALL
  SELECT r.id, 'OUTAGE', NULL, r.finished_at, (r.report->>'rtaMinutes')::integer, (r.report->>'rpaMinutes')::integer,
    d.time_basis, r.report->>'outcome', r.claimed <> 'FAILED' AND r.check_held IS NOT FALSE, r.id
  FROM drill_run r JOIN drill d ON d.id = r.drill_id WHERE r.system_id = $1 AND d.kind = 'OUTAGE' AND r.status = 'ATTESTED'
  ORDER BY at DESC, id DESC LIMIT ${NEWEST}`;

/** What a system has really achieved, against what is claimed. */
@Injectable()
export class AchievedQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The measured recoveries of a system, the newest first, and what they come to. @throws Problem 404 for the system. */
  async ofSystem(actor: Actor, systemId: string): Promise<AchievedResponse> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    const points = await this.dataSource.query<AchievedPointResponse[]>(POINTS, [systemId]);
    const items = points.map(asMeasured);
    const [targets] = await this.dataSource.query<{ rtoMinutes: number | null; rpoMinutes: number | null }[]>(
      'SELECT rto_minutes AS "rtoMinutes", rpo_minutes AS "rpoMinutes" FROM system WHERE id = $1',
      [systemId],
    );
    const { rtoMinutes = null, rpoMinutes = null } = targets ?? {};
    return { rtoMinutes, rpoMinutes, ...achievedOf([...items].reverse(), { rtoMinutes, rpoMinutes }), items };
  }
}
