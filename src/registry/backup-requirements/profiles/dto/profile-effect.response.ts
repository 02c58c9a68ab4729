import { ApiProperty } from '@nestjs/swagger';
import { type Tier, TIERS } from '../../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../../core/readiness/system-verdict';
import { AffectedObligation } from '../../../../obligations/dto/affected.response';
import { BackupFindingResponse } from '../../dto/backup-requirement.response';

/** NEW gets a requirement, CHANGED takes on other terms, ALREADY follows the profile, KEPT has a requirement of its own for these data. */
export const ATTACH_OUTCOMES = ['NEW', 'CHANGED', 'ALREADY', 'KEPT'] as const;
export type AttachOutcome = (typeof ATTACH_OUTCOMES)[number];

export class ProfileSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

export class ProfileStanding {
  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;

  findings: BackupFindingResponse[];
}

/** What happens to one requirement of one system. */
export class ProfileEffectItem {
  system: ProfileSystem;

  @ApiProperty({ enum: ATTACH_OUTCOMES })
  outcome: AttachOutcome;

  @ApiProperty({ type: String, nullable: true })
  dataset: string | null;

  before: ProfileStanding;
  after: ProfileStanding;

  /** The obligations that change their state. */
  affected: AffectedObligation[];
}

const PROFILE_FIELDS = [
  ...(['name', 'method', 'interval', 'retention', 'generations', 'rpo', 'copies'] as const),
  ...(['verificationCadence', 'restoreTestCadence'] as const),
] as const;

/** One term of a profile, before and after. */
export class ProfileTermChange {
  @ApiProperty({ enum: PROFILE_FIELDS })
  field: (typeof PROFILE_FIELDS)[number];

  @ApiProperty({ nullable: true, oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'array', items: {} }] })
  before: unknown;

  @ApiProperty({ nullable: true, oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'array', items: {} }] })
  after: unknown;
}

/** What the writing of a profile does to the requirements that follow it, or would do. */
export class ProfileEffectResponse {
  /** Whether it has been done; false for a preview. */
  applied: boolean;

  /** What the profile itself says otherwise. */
  changes: ProfileTermChange[];

  items: ProfileEffectItem[];

  /** How many requirements beyond these are touched: of agencies that keep their details to themselves, or past the first 500. */
  more: number;
}
