import { type Actor } from '../../../access/actor';
import type { ReportedDuty, ReportedStanding, ReportedSystem } from '../content/report-content.response';
import type { ReportResponse } from '../dto/report.response';
import { VERDICTS } from '../../../core/readiness/system-verdict';

export const REPORT_SECTIONS = [
  'STANDING',
  'BEFORE',
  'TURN',
  'DUTY',
  'WAIVER',
  'PROOF',
  'IMPROVEMENT',
  'NOT_APPLICABLE',
  'PROVISIONAL_TIER',
  'UNREACHABLE',
] as const;

/** One line of a report as a table: what a section says of one system, organisation or tier. */
export interface ReportLine {
  section: (typeof REPORT_SECTIONS)[number];
  tier?: string;
  organisation?: string;
  system?: string;
  rule?: string;
  fromState?: string | null;
  /** A state, outcome, verdict or standing, or two of them. */
  state?: string;
  count?: number;
  on?: string | Date | null;
  owner?: string | null;
  measuredMinutes?: number | null;
  rtoMinutes?: number | null;
  text?: string | null;
}

type Words = Pick<Actor, 'locale'>;
type Named = { name: string; nameEn: string | null };

/** What a report says, line by line; nothing while it is being made. */
export function linesOf({ content, people }: ReportResponse, { locale }: Words): ReportLine[] {
  if (!content) return [];
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const named = ({ name, nameEn }: Named): string => (locale === 'en' && nameEn) || name;
  const ofSystem = (system: ReportedSystem): Pick<ReportLine, 'system' | 'organisation' | 'tier'> => ({
    ...{ system: named(system), organisation: named(system.organisation), tier: system.tier },
  });
  const ofDuty = ({ system, organisation, title }: ReportedDuty): Partial<ReportLine> => ({
    ...(system ? ofSystem(system) : { organisation: named(organisation) }),
    rule: title[locale],
  });
  const { standing, before, turns, duties, waivers, proofs, improvements, exceptions } = content;
  return [
    ...standingLines('STANDING', standing),
    ...standingLines('BEFORE', before),
    ...turns.items.map((turn): ReportLine => ({
      ...{ section: 'TURN', ...ofDuty(turn), on: new Date(turn.at) },
      ...{ state: turn.toState ?? 'ENDED', fromState: turn.fromState },
    })),
    ...duties.items.map((duty): ReportLine => ({
      ...{ section: 'DUTY', ...ofDuty(duty), state: duty.state, on: duty.dueOn },
      ...{ owner: duty.ownerId && (names.get(duty.ownerId) ?? null), text: duty.reason?.[locale] ?? null },
    })),
    ...waivers.items.map((waiver): ReportLine => ({
      ...{ section: 'WAIVER', ...ofSystem(waiver.system), rule: waiver.title[locale], state: waiver.standing },
      ...{ on: waiver.expiresOn, text: waiver.reason },
    })),
    ...proofs.items.map((proof): ReportLine => ({
      ...{ section: 'PROOF', ...ofSystem(proof.system), rule: proof.drillType ?? proof.kind, state: proof.outcome },
      ...{ on: new Date(proof.performedAt), measuredMinutes: proof.measuredMinutes, rtoMinutes: proof.rtoMinutes },
    })),
    ...improvements.map(({ organisation, open, percent }): ReportLine => ({
      ...{ section: 'IMPROVEMENT', organisation: named(organisation), count: open },
      text: percent === null ? null : `${percent}%`,
    })),
    ...exceptions.notApplicable.map((each): ReportLine => ({
      ...{ section: 'NOT_APPLICABLE', ...ofDuty(each), text: each.reason[locale] },
    })),
    ...exceptions.provisionalTiers.map((each): ReportLine => ({ section: 'PROVISIONAL_TIER', ...ofSystem(each) })),
    ...exceptions.unreachable.map((each): ReportLine => ({ section: 'UNREACHABLE', ...ofSystem(each) })),
  ];
}

function standingLines(section: 'STANDING' | 'BEFORE', standing: ReportedStanding | null): ReportLine[] {
  return (standing?.tiers ?? []).flatMap(({ tier, byVerdict }) =>
    VERDICTS.map((state): ReportLine => ({ section, tier, state, count: byVerdict[state], on: standing?.on ?? null })),
  );
}
