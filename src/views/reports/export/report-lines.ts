import type { TableLine } from '../../../audit/exports/list-export';
import { type ObligationState, RED_STATES } from '../../../core/obligation/obligation';
import type { Locale } from '../../../platform/messages/messages';
import type { ReportContent, ReportedDuty, ReportedStanding, ReportedSystem } from '../content/report-content.response';

export interface Named {
  name: string;
  nameEn: string | null;
}

/** How a reader is told: names and words in their language, people by the names of now. */
interface Reading {
  locale: Locale;
  named: (named: Named) => string;
  person: (id: string | null) => string | null;
}

/** The lines of each table of a report. */
export type ReportLines = Record<
  'counts' | 'tiers' | 'turns' | 'duties' | 'waivers' | 'proofs' | 'improvements' | 'exceptions',
  TableLine[]
>;

/** What a report says, table by table. */
export function reportLines(content: ReportContent, { locale, named, person }: Reading): ReportLines {
  const ofSystem = (system: ReportedSystem): TableLine => ({
    ...{ tier: system.tier, organisation: named(system.organisation), system: named(system), code: system.code },
  });
  const ofDuty = ({ system, organisation, title }: ReportedDuty): TableLine => ({
    ...(system ? ofSystem(system) : { organisation: named(organisation) }),
    rule: title[locale],
  });
  const { standing, before, turns, duties, waivers, proofs, improvements, exceptions } = content;
  return {
    counts: countLines(content),
    tiers: [standing, before].flatMap(ofStanding),
    turns: turns.items.map((turn) => ({
      ...{ ...ofDuty(turn), fromState: turn.fromState, state: turn.toState ?? 'ENDED', changedAt: new Date(turn.at) },
    })),
    duties: duties.items.map((duty) => ({
      ...{ ...ofDuty(duty), state: duty.state, dueOn: duty.dueOn, since: new Date(duty.since), gating: duty.gating },
      ...{ owner: person(duty.ownerId), reason: duty.reason?.[locale] },
    })),
    waivers: waivers.items.map((waiver) => ({
      ...{ ...ofSystem(waiver.system), rule: waiver.title[locale], status: waiver.standing, granted: waiver.granted },
      ...{ expiresOn: waiver.expiresOn, renewals: waiver.renewals, why: waiver.reason },
      ...{ compensatingMeasure: waiver.compensatingMeasure, requestedBy: person(waiver.requestedById) },
      decidedBy: person(waiver.decidedById),
    })),
    proofs: proofs.items.map(({ system, kind, drillType, outcome, performedAt, ...measured }) => ({
      ...{ ...ofSystem(system), evidenceKind: drillType ?? kind, outcome, performedAt: new Date(performedAt) },
      ...{ measuredMinutes: measured.measuredMinutes, rtoMinutes: measured.rtoMinutes },
      ...{ lostMinutes: measured.lostMinutes, rpoMinutes: measured.rpoMinutes },
    })),
    improvements: improvements.map(({ organisation, opened, ended, open, overdue, percent }) => ({
      ...{ organisation: named(organisation), opened, ended, open, overdue, percent },
    })),
    exceptions: [
      ...exceptions.notApplicable.map((each) => ({
        ...{ section: 'NOT_APPLICABLE', ...ofDuty(each), reason: each.reason[locale] },
      })),
      ...exceptions.provisionalTiers.map((each) => ({ section: 'PROVISIONAL_TIER', ...ofSystem(each) })),
      ...exceptions.unreachable.map((each) => ({ section: 'UNREACHABLE', ...ofSystem(each) })),
    ],
  };
}

function ofStanding(standing: ReportedStanding | null): TableLine[] {
  return (standing?.tiers ?? []).map(({ byVerdict, total, ...tier }) => ({
    ...{ day: standing?.on, ...tier, systems: total, ...byVerdict },
  }));
}

const isRed = (state: ObligationState | null): boolean => state !== null && RED_STATES.includes(state);

/** How many there are of what is listed at most `mostListed` times: a table that is cut must not pass for all. */
function countLines({ turns, duties, waivers, proofs, exceptions }: ReportContent): TableLine[] {
  const worse = turns.items.filter(({ fromState, toState }) => !isRed(fromState) && isRed(toState)).length;
  const cleared = turns.items.filter(({ fromState, toState }) => isRed(fromState) && !isRed(toState)).length;
  return [
    { table: 'WORSENED', total: turns.worsened, listed: worse },
    { table: 'CLEARED', total: turns.cleared, listed: cleared },
    { table: 'report-duties', total: duties.total, listed: duties.items.length },
    { table: 'report-waivers', total: waivers.total, listed: waivers.items.length },
    { table: 'report-proofs', total: proofs.total, listed: proofs.items.length },
    { table: 'NOT_APPLICABLE', total: exceptions.notApplicableTotal, listed: exceptions.notApplicable.length },
    { table: 'PROVISIONAL_TIER', total: exceptions.provisionalTotal, listed: exceptions.provisionalTiers.length },
    { table: 'UNREACHABLE', total: exceptions.unreachableTotal, listed: exceptions.unreachable.length },
  ];
}
