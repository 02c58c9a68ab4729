import type { KeptOutcome } from '../../../core/evidence/evidence';
import type { Strength } from '../../../core/evidence/evidence-strength';
import { judgeCopiesSeen } from '../../../core/inlet/judge-copies-seen';
import { judgeSize, type SizedRun } from '../../../core/inlet/judge-size';
import type { Reason } from '../../../core/readiness/reason';
import type { Schedule } from '../schedule/next-slot';

/** A run, as far as the page of a requirement needs it. */
export interface RunRow {
  startedAt: Date;
  kind: string;
  outcome: KeptOutcome;
  strength: Strength;
  inletId: string | null;
  sizeBasis: string | null;
  sizeBytes: string | null;
  recoveryPointAt: Date | null;
  copySite: string | null;
}

/** As far as its size is judged. */
export type SizedRow = Pick<RunRow, 'startedAt' | 'outcome' | 'inletId' | 'sizeBasis' | 'sizeBytes'>;

export interface InletOfRequirement extends Schedule {
  id: string;
  graceMinutes: number;
  createdAt: string;
  copySite: string | null;
}

interface CopiesOfRequirement {
  rpoMinutes: number;
  copies: readonly { site: string; offsite: boolean; offline: boolean; immutable: boolean }[];
  inlets: readonly InletOfRequirement[];
}

/** Of each source and basis, whether the newest run is out of the ordinary. @param runs newest first. */
export function sizeFindings(runs: readonly SizedRow[]): Reason[] {
  const groups = new Map<string, (SizedRun & { startedAt: Date })[]>();
  for (const { sizeBasis, sizeBytes, outcome, inletId, startedAt } of runs) {
    if (!sizeBasis || sizeBytes === null || outcome !== 'PASSED') continue;
    const key = `${inletId} ${sizeBasis}`;
    const run = { sizeBasis, sizeBytes: Number(sizeBytes), anomalous: false, startedAt };
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((group): Reason[] => {
    // Oldest first: what was out of the ordinary when it came is no measure for what came after.
    for (let at = group.length - 1; at >= 0; at -= 1) {
      const run = group[at] as SizedRun;
      run.anomalous = judgeSize(run, group.slice(at + 1)) !== null;
    }
    const [newest] = group;
    const anomaly = newest && judgeSize(newest, group.slice(1));
    if (!newest || !anomaly) return [];
    const { code, usualBytes } = anomaly;
    return [{ code, params: { lastAt: newest.startedAt.toISOString(), bytes: newest.sizeBytes, usualBytes } }];
  });
}

/** Which of the declared copies that protect in a way of their own are not reported of, or too old. */
export function copyFindings(
  { copies, inlets, rpoMinutes }: CopiesOfRequirement,
  runs: readonly RunRow[],
  asOf: Date,
): Reason[] {
  const declared = copies.map(({ site, offsite, offline, immutable }) => ({
    site,
    protective: offsite || offline || immutable,
    reported: inlets.some(({ copySite }) => copySite === site),
    newestPointAt: newestPoint(runs.filter(({ copySite }) => copySite === site)),
  }));
  // Two copies at one place are told of once.
  const places = declared.filter(({ site, protective }, at) => {
    const first = declared.findIndex((other) => other.site === site && other.protective === protective);
    return first === at;
  });
  return judgeCopiesSeen(places, rpoMinutes, asOf);
}

function newestPoint(runs: readonly RunRow[]): Date | null {
  return runs
    .filter(({ kind, outcome }) => kind === 'BACKUP' && outcome === 'PASSED')
    .reduce<Date | null>((newest, { recoveryPointAt: at }) => (at && (!newest || at > newest) ? at : newest), null);
}
