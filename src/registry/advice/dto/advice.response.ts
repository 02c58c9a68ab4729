import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { ADVICE_STATUSES, type AdviceStatus } from '../advice-request.entity';

export const ADVICE_STEPS = ['answer', 'withdraw'] as const;
export type AdviceStep = (typeof ADVICE_STEPS)[number];

/** The system that a question is about. */
export class AdvisedSystem {
  id: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  /** Whether the caller may open it. */
  open: boolean;
}

/** The improvement item that a question is about. */
export class AdvisedItem {
  id: string;
  title: string;

  /** Whether the caller may open it. */
  open: boolean;
}

/** What an organisation asked its ministry, and the answer. */
export class AdviceResponse {
  id: string;
  organisation: OrganisationRef;
  ministry: OrganisationRef;

  @ApiProperty({ type: AdvisedSystem, nullable: true })
  system: AdvisedSystem | null;

  @ApiProperty({ type: AdvisedItem, nullable: true })
  improvementItem: AdvisedItem | null;

  title: string;
  question: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  @ApiProperty({ enum: ADVICE_STATUSES })
  status: AdviceStatus;

  askedBy: PersonRef;

  @ApiProperty({ type: String, format: 'date-time' })
  askedAt: Date;

  @ApiProperty({ type: String, nullable: true })
  answer: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  answeredBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  answeredAt: Date | null;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: ADVICE_STEPS, isArray: true })
  offered: AdviceStep[];
}

export class AdvicePage {
  items: AdviceResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
