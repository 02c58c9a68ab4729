import { ApiProperty } from '@nestjs/swagger';
import { type Permission, PERMISSIONS } from '../../../access/permissions';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { ReasonResponse } from '../../../obligations/dto/reason.response';
import { type Hosting, HOSTINGS, type Lifecycle, LIFECYCLES } from '../system.entity';

/** How many obligations of a system stand in each state. */
export class SystemCounts {
  applicable: number;
  met: number;
  dueSoon: number;
  overdue: number;
  failed: number;
  unknown: number;
  waived: number;
}

/** The obligation whose action gains most, and why it is open. */
export class SystemNextAction extends ReasonResponse {
  obligationId: string;
  ruleKey: string;
  ruleTitle: string;
}

/** A system as the ledger lists it. */
export class SystemListItem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  organisation: OrganisationRef;

  @ApiProperty({ type: PersonRef, nullable: true })
  owner: PersonRef | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;

  @ApiProperty({ enum: LIFECYCLES })
  lifecycle: Lifecycle;

  /** Null for a system that is planned or retired. */
  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;

  /** The worst of its own and of everything it cannot do without; null without one of its own. */
  @ApiProperty({ enum: VERDICTS, nullable: true })
  effectiveVerdict: Verdict | null;

  counts: SystemCounts;

  @ApiProperty({ type: SystemNextAction, nullable: true })
  nextAction: SystemNextAction | null;

  /** Whether it is in operation and nobody can be reminded of what it owes. */
  unreachable: boolean;

  version: number;
}

export class SystemPage {
  items: SystemListItem[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;

  /** Present when asked for. */
  total?: number;
}

/** A system with everything the register says of it. */
export class SystemResponse {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  organisation: OrganisationRef;

  @ApiProperty({ type: PersonRef, nullable: true })
  owner: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  deputy: PersonRef | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;

  @ApiProperty({ enum: LIFECYCLES })
  lifecycle: Lifecycle;

  confidentiality: number;
  integrity: number;
  availability: number;
  publicFacing: boolean;
  outsourced: boolean;

  @ApiProperty({ enum: HOSTINGS })
  hosting: Hosting;

  sites: string[];

  @ApiProperty({ type: String, nullable: true })
  supplier: string | null;

  @ApiProperty({ type: String, format: 'duration', nullable: true })
  rto: string | null;

  @ApiProperty({ type: String, format: 'duration', nullable: true })
  rpo: string | null;

  @ApiProperty({ type: String, format: 'duration', nullable: true })
  mtd: string | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ format: 'date' })
  registeredOn: string;

  /** The day from which it has owed anything. */
  @ApiProperty({ format: 'date' })
  operatingSinceOn: string;

  @ApiProperty({ format: 'date' })
  tierSinceOn: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  retiredOn: string | null;

  /** Where the targets are missing, contradict each other, or are larger than the policy in force allows. */
  targetFindings: ReasonResponse[];

  /** Why nobody can be reminded of what it owes; null when somebody can, or nothing is owed. */
  @ApiProperty({ type: ReasonResponse, nullable: true })
  unreachable: ReasonResponse | null;

  /** What the caller may do with this system. */
  @ApiProperty({ enum: Object.keys(PERMISSIONS), isArray: true })
  allowed: Permission[];

  version: number;
  createdAt: Date;
  updatedAt: Date;
}
