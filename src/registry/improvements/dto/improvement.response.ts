import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import {
  IMPROVEMENT_SOURCES,
  IMPROVEMENT_STATUSES,
  type ImprovementSource,
  type ImprovementStatus,
} from '../../../core/improvement/improvement-item';
import { type Tier, TIERS } from '../../../core/importance/tier';

export const IMPROVEMENT_ACTIONS = ['progress', 'edit', 'postpone', 'split', 'close', 'cancel'] as const;
export type ImprovementAction = (typeof IMPROVEMENT_ACTIONS)[number];

/** The system that an item is about. */
export class ImprovedSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

/** What an item is a part of: told to whoever sees the part, even where the whole may not be opened. */
export class WholeItem {
  id: string;
  title: string;

  @ApiProperty({ type: String, nullable: true })
  description: string | null;
}

/** An improvement item as lists show it. */
export class ImprovementResponse {
  id: string;

  /** Null: the organisation's own. */
  @ApiProperty({ type: ImprovedSystem, nullable: true })
  system: ImprovedSystem | null;

  organisation: OrganisationRef;

  @ApiProperty({ type: WholeItem, nullable: true })
  whole: WholeItem | null;

  @ApiProperty({ enum: IMPROVEMENT_SOURCES })
  source: ImprovementSource;

  title: string;

  @ApiProperty({ type: String, nullable: true })
  description: string | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  /** Who works on it: its own owner, else the system's. */
  @ApiProperty({ type: PersonRef, nullable: true })
  owner: PersonRef | null;

  /** Null: whoever owns the system. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  ownerId: string | null;

  @ApiProperty({ type: String, format: 'date' })
  dueOn: string;

  /** Open, and past its day. */
  overdue: boolean;

  @ApiProperty({ enum: IMPROVEMENT_STATUSES })
  status: ImprovementStatus;

  /** As last reported. */
  @ApiProperty({ type: 'integer', nullable: true })
  percent: number | null;

  openedBy: PersonRef;

  @ApiProperty({ type: String, format: 'date-time' })
  openedAt: Date;

  @ApiProperty({ type: PersonRef, nullable: true })
  endedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: Date | null;

  /** What was done, or why it is not to be. */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /** How many organisations have a part of it, and how many of those are closed or cancelled. */
  @ApiProperty({ type: 'integer' })
  parts: number;

  @ApiProperty({ type: 'integer' })
  partsEnded: number;

  version: number;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: IMPROVEMENT_ACTIONS, isArray: true })
  offered: ImprovementAction[];
}

/** One report on an item. */
export class ProgressEntry {
  id: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;

  author: PersonRef;
  text: string;

  @ApiProperty({ type: 'integer', nullable: true })
  percent: number | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;
}

/** What one organisation does of a split item; of one that keeps its details to itself no more than how far it is. */
export class PartOfItem {
  id: string;
  organisation: OrganisationRef;

  @ApiProperty({ enum: IMPROVEMENT_STATUSES })
  status: ImprovementStatus;

  @ApiProperty({ type: String, format: 'date' })
  dueOn: string;

  @ApiProperty({ type: 'integer', nullable: true })
  percent: number | null;

  /** Whether the caller may open it. */
  open: boolean;

  @ApiProperty({ type: PersonRef, nullable: true })
  owner: PersonRef | null;
}

/** A proof that an item rests on. */
export class ProofOfItem {
  id: string;

  @ApiProperty({ type: String, format: 'date-time' })
  performedAt: Date;

  performer: PersonRef;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;
}

/** An improvement item with all that is known of it. */
export class ImprovementDetailResponse extends ImprovementResponse {
  /** The latest reports, newest first. */
  log: ProgressEntry[];

  partsOf: PartOfItem[];

  /** The failed proof it came from. */
  @ApiProperty({ type: ProofOfItem, nullable: true })
  failure: ProofOfItem | null;

  /** The proof that what failed has passed since; an item that came from a failure is not closed without. */
  @ApiProperty({ type: ProofOfItem, nullable: true })
  retest: ProofOfItem | null;

  /** The proof it was closed on. */
  @ApiProperty({ type: ProofOfItem, nullable: true })
  proof: ProofOfItem | null;
}

export class ImprovementPage {
  items: ImprovementResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
