import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type ObligationState, STATES } from '../../../core/obligation/obligation';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { ActionResponse, ObligedSystem } from '../../../obligations/dto/obligation.response';
import { ReasonResponse } from '../../../obligations/dto/reason.response';
import { EffectiveVerdictResponse } from '../effective/effective.dto';
import { ReadinessChange } from '../history/dto/change.response';
import { VerdictFigures } from './verdict-figures.response';

/** Obligations by state; `applicable` is the sum of the others. */
export class ObligationFigures {
  applicable: number;
  met: number;
  dueSoon: number;
  overdue: number;
  failed: number;
  unknown: number;
  waived: number;
}

export class TierReadiness {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  /** Operating systems of the tier. */
  total: number;
  byVerdict: VerdictFigures;
  obligations: ObligationFigures;

  /** Met of applicable in whole percent, rounded down; null when nothing is applicable. */
  @ApiProperty({ type: 'integer', nullable: true })
  percentMet: number | null;
}

/** Readiness per tier of an organisation and everything below it. */
export class TiersResponse {
  /** The instant of these figures; for a day of the past, when it was frozen. */
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  /** The day at whose end it stood so; null for the present. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  on: string | null;

  /** Whether the day was missed and derived afterwards. */
  madeUp: boolean;

  @ApiProperty({ type: OrganisationRef, nullable: true })
  organisation: OrganisationRef | null;

  headline: ReasonResponse;
  tiers: TierReadiness[];

  /** Since a week and a month before, as far as these days are frozen. */
  changes: ReadinessChange[];
  planned: number;
  retired: number;

  /** Systems in operation that nobody can be reminded about, of those whose details are open to the caller; null for a day of the past. */
  @ApiProperty({ type: 'integer', nullable: true })
  unreachable: number | null;
}

/** One obligation that keeps a system from being ready. */
export class ReadinessReason {
  obligationId: string;
  ruleKey: string;
  ruleTitle: string;

  @ApiProperty({ enum: STATES })
  state: ObligationState;

  gating: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  since: Date | null;

  /** Whose turn it is. */
  @ApiProperty({ type: PersonRef, nullable: true })
  who: PersonRef | null;

  reason: ReasonResponse;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  action: ActionResponse;
}

export class PolicyRef {
  id: string;
  version: number;
  organisationName: string;
}

/** Why one system has its verdict, and what gains most. */
export class SystemReadinessResponse {
  systemId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;

  sentence: ReasonResponse;

  /** With everything that it cannot do without; null for a system that is planned or retired. */
  @ApiProperty({ type: EffectiveVerdictResponse, nullable: true })
  effective: EffectiveVerdictResponse | null;

  @ApiProperty({ type: PolicyRef, nullable: true })
  policy: PolicyRef | null;

  counts: ObligationFigures;

  @ApiProperty({ type: 'integer', nullable: true })
  percentMet: number | null;

  /** Worst first. */
  reasons: ReadinessReason[];

  /** The one of `reasons` whose action gains most. */
  @ApiProperty({ type: ReadinessReason, nullable: true })
  nextAction: ReadinessReason | null;
}

/** A tier of a supervised agency: counts and nothing else. */
export class SupervisedTier {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  total: number;
  byVerdict: VerdictFigures;
}

/** A supervised agency that keeps its details to itself; tiers without systems are left out. */
export class SupervisedAgency {
  organisation: OrganisationRef;
  tiers: SupervisedTier[];
}

export class SupervisedResponse {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  items: SupervisedAgency[];
}

/** One rule for one system: the worst of its obligations under it. */
export class ReadinessCell {
  ruleKey: string;

  @ApiProperty({ enum: STATES })
  state: ObligationState;

  gating: boolean;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  obligationId: string;
}

export class RuleHeading {
  key: string;
  title: string;
}

/** One row of systems × rules. */
@ApiExtraModels(ReadinessCell)
export class ReadinessSystem {
  system: ObligedSystem;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;

  /** The worst of its own and of everything it cannot do without. */
  @ApiProperty({ enum: VERDICTS, nullable: true })
  effectiveVerdict: Verdict | null;

  /** In the order of `rules`; null where the system owes nothing. */
  @ApiProperty({ type: 'array', items: { oneOf: [{ $ref: getSchemaPath(ReadinessCell) }, { type: 'null' }] } })
  cells: (ReadinessCell | null)[];
}

/** Systems × rules. */
export class ReadinessSystemsPage {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  rules: RuleHeading[];
  items: ReadinessSystem[];
  total: number;

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
