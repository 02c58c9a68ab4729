import { ApiProperty } from '@nestjs/swagger';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';

export class ChainSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;
}
import { VerdictFigures } from '../dto/verdict-figures.response';

/** Operating systems of a tier by their verdicts with everything they cannot do without. */
export class EffectiveTier {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  total: number;
  byVerdict: VerdictFigures;

  /** Those whose own verdict is better. */
  heldBack: number;
}

/** Effective readiness per tier of an organisation and everything below it. */
export class EffectiveReadinessResponse {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  tiers: EffectiveTier[];
}

/** A system on the way; nothing but that it is there when the caller may not see it. */
export class ChainLink {
  @ApiProperty({ type: ChainSystem, nullable: true })
  system: ChainSystem | null;

  /** Its own verdict; null too for one that may not be seen. */
  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;
}

/** The worst verdict of a system and everything that it cannot do without. */
export class EffectiveVerdictResponse {
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;

  /** From the first system needed to the one that decides; empty when none is worse than the system itself. */
  chain: ChainLink[];

  /** How many systems in operation it cannot do without, directly or further on. */
  needed: number;
}
