import { ApiProperty } from '@nestjs/swagger';
import { type Coverage, COVERAGES, type Covered, COVERED } from '../../../core/readiness/coverage';

/** `covered` of `of` systems, and by which filter of the list of systems each of them is found. */
export class CoverageFigure {
  @ApiProperty({ enum: COVERAGES })
  key: Coverage;

  covered: number;
  of: number;

  /** Those that are counted; null where all systems in operation are. */
  @ApiProperty({ enum: COVERED, nullable: true })
  ofList: Covered | null;

  @ApiProperty({ enum: COVERED })
  coveredList: Covered;

  @ApiProperty({ enum: COVERED })
  missingList: Covered;
}

/** How many systems in operation have fresh backups, copies out of reach, and restores that were fast enough; of those whose details are open to the caller. */
export class CoverageResponse {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  figures: CoverageFigure[];
}
