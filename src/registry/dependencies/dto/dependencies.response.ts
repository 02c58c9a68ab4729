import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../access/references/refs.response';
import { type Inversion, INVERSIONS } from '../../../core/importance/inversion';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';

/** A system at the other end of a dependency. */
export class DependencyResponse {
  systemId: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  organisation: OrganisationRef;

  @ApiProperty({ enum: TIERS })
  tier: Tier;

  @ApiProperty({ type: String, format: 'duration', nullable: true })
  rto: string | null;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;

  /** Whether one cannot do without the other. */
  hard: boolean;

  /** How the needed one is held to less than the one that needs it. */
  @ApiProperty({ enum: INVERSIONS, isArray: true })
  inversions: Inversion[];
}

/** What a system needs and what needs it. */
export class DependenciesResponse {
  dependsOn: DependencyResponse[];
  dependents: DependencyResponse[];

  /** Systems at the other end that the caller may not see. */
  hidden: number;

  /** Row version of the system. */
  version: number;
}
