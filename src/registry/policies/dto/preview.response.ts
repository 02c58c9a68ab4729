import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { PREVIEW_STATUSES, type PreviewStatus } from '../preview/policy-preview.entity';

/** What a policy would change under one of its rules. */
export class RuleEffectResponse {
  ruleKey: string;
  ruleTitle: string;

  /** Obligations that begin. */
  begun: number;
  ended: number;

  /** Obligations that stay and are due on another day. */
  moved: number;

  /** Obligations that stay and become overdue or failed at once. */
  reddened: number;
}

/** What a policy would change, in numbers. */
export class EffectResponse {
  /** Systems in operation that it reaches. */
  systems: number;
  verdictsChanged: number;
  begun: number;

  /** Of these met already by an earlier proof. */
  begunMet: number;
  ended: number;
  moved: number;
  reddened: number;
}

export class TierEffectResponse extends EffectResponse {
  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

export class OrganisationEffectResponse extends EffectResponse {
  organisation: OrganisationRef;
}

/** How many obligations that begin are first due on a day. */
export class FirstDueResponse {
  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
  obligations: number;
}

export class VerdictEffectResponse {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  from: Verdict | null;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  to: Verdict | null;
  systems: number;
}

/** A system whose verdict would change; named only to those who may see it. */
export class ChangedSystemResponse {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  from: Verdict | null;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  to: Verdict | null;
}

/** A policy in force below that would ask less than the draft does. */
export class BelowFloorResponse {
  policyId: string;
  organisation: OrganisationRef;

  /** Each cell that would have to be tightened, in the language of the caller. */
  findings: string[];
}

export class EffectsResponse {
  total: EffectResponse;
  tiers: TierEffectResponse[];

  /** The most changed first, at most 200. */
  organisations: OrganisationEffectResponse[];
  rules: RuleEffectResponse[];
  firstDue: FirstDueResponse[];
  verdicts: VerdictEffectResponse[];

  /** Those that the caller may see, the highest tier first, at most 200. */
  changed: ChangedSystemResponse[];
  below: BelowFloorResponse[];
}

export class PolicyPreviewResponse {
  /** NONE: nobody has asked for it yet. */
  @ApiProperty({ enum: ['NONE', ...PREVIEW_STATUSES] })
  status: PreviewStatus | 'NONE';

  /** False when the draft has been edited since, so that the figures are of what it was. */
  current: boolean;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  effectiveOn: string | null;

  systemsRead: number;
  systemsTotal: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: Date | null;

  @ApiProperty({ type: EffectsResponse, nullable: true })
  effects: EffectsResponse | null;
}
