import { DrillType } from '../evidence/evidence';
import { Reason, ReasonCode } from '../readiness/reason';

/** What a drill can be ready in. */
export const READINESS_POINTS = ['PROCEDURE', 'CONTACTS', 'RECOVERY_POINT', 'PEOPLE', 'CHECK'] as const;
export type ReadinessPoint = (typeof READINESS_POINTS)[number];

/** What is known before a drill begins. */
export interface DrillReadinessFacts {
  type: DrillType;
  /** The version that is drilled, and the one in force; null where there is none. */
  drilledVersion: { version: number; approved: boolean } | null;
  versionInForce: number | null;
  /** Null when nobody asks for the contacts of this system to be confirmed. */
  contactsConfirmed: boolean | null;
  /** Of each backup requirement, the newest recovery point that is not too old to restore from; null where there is none. */
  recoveryPoints: readonly { dataset: string; pointAt: Date | null }[];
  participants: number;
  acknowledged: number;
  checkExpected: string | null;
}

/** Whether a drill is ready in one point, and why. */
export interface DrillReadiness {
  point: ReadinessPoint;
  ready: boolean;
  reason: Reason;
}

/** Drills that restore from backup media, and so need a point to restore from and a check that stale data would fail. */
export const RESTORING: readonly DrillType[] = ['FUNCTIONAL', 'FULL_SCALE'];

/**
 * Everything a drill should have before it begins (domain.md section 4), point by point. It tells and does not forbid: what was missing is kept
 * with the run.
 */
export function drillReadiness(facts: DrillReadinessFacts): DrillReadiness[] {
  const restores = RESTORING.includes(facts.type);
  return [
    procedure(facts),
    ...(facts.contactsConfirmed === null
      ? []
      : [point('CONTACTS', facts.contactsConfirmed, 'DRILL_CONTACTS_CONFIRMED', 'DRILL_CONTACTS_NOT_CONFIRMED')]),
    ...(restores ? [recoveryPoint(facts)] : []),
    people(facts),
    ...(restores
      ? [point('CHECK', Boolean(facts.checkExpected?.trim()), 'DRILL_CHECK_NAMED', 'DRILL_CHECK_MISSING')]
      : []),
  ];
}

function procedure({ drilledVersion, versionInForce }: DrillReadinessFacts): DrillReadiness {
  const because = (ready: boolean, code: ReasonCode, params: Reason['params'] = {}): DrillReadiness => ({
    ...{ point: 'PROCEDURE', ready, reason: { code, params } },
  });
  if (!drilledVersion) return because(false, 'DRILL_PROCEDURE_NONE');
  const { version, approved } = drilledVersion;
  if (approved) return because(true, 'DRILL_PROCEDURE_APPROVED', { version });
  if (versionInForce !== null && versionInForce > version)
    return because(false, 'DRILL_PROCEDURE_OLD', { version, current: versionInForce });
  return because(false, 'DRILL_PROCEDURE_NOT_APPROVED', { version });
}

/** What is fresh does not make up for what is not: a system is restored with all of its datasets, and no newer than the oldest of them. */
function recoveryPoint({ recoveryPoints }: DrillReadinessFacts): DrillReadiness {
  const because = (ready: boolean, code: ReasonCode, params: Reason['params'] = {}): DrillReadiness => ({
    ...{ point: 'RECOVERY_POINT', ready, reason: { code, params } },
  });
  const points = recoveryPoints.flatMap(({ pointAt }) => pointAt?.getTime() ?? []);
  const lacking = recoveryPoints.filter(({ pointAt }) => pointAt === null).map(({ dataset }) => dataset);
  if (points.length === 0) return because(false, 'DRILL_RECOVERY_POINT_NONE');
  if (lacking.length > 0) return because(false, 'DRILL_RECOVERY_POINT_LACKING', { datasets: lacking.join(', ') });
  return because(true, 'DRILL_RECOVERY_POINT_USABLE', { pointAt: new Date(Math.min(...points)).toISOString() });
}

function people({ participants, acknowledged }: DrillReadinessFacts): DrillReadiness {
  if (participants === 0) return { point: 'PEOPLE', ready: false, reason: { code: 'DRILL_PEOPLE_NONE', params: {} } };
  const ready = acknowledged === participants;
  const params = { people: participants, waiting: participants - acknowledged };
  return { point: 'PEOPLE', ready, reason: { code: ready ? 'DRILL_PEOPLE_READY' : 'DRILL_PEOPLE_WAITING', params } };
}

function point(name: ReadinessPoint, ready: boolean, yes: ReasonCode, no: ReasonCode): DrillReadiness {
  return { point: name, ready, reason: { code: ready ? yes : no, params: {} } };
}
