import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../../access/references/refs.response';

/** A system that is to be handed over, and what goes with it. */
export class HandOverItem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  organisation: OrganisationRef;

  /** Whether the person has the place of the owner. */
  owns: boolean;

  /** Whether the person has the place of the deputy. */
  deputises: boolean;

  /** Obligations that are not met. */
  openObligations: number;

  /** Those of them that are overdue or failed. */
  overdue: number;

  /** Open improvement items of the person. */
  improvementItems: number;

  /** Reminders to the person that are not sent yet. */
  waitingReminders: number;
}

/** What a hand-over moves. */
export class HandOverPreview {
  items: HandOverItem[];

  /** Systems of the person beyond these: the caller may not change them, or they are too many for one hand-over. */
  others: number;
}

export class HandedOverResponse {
  /** How many systems have another owner or deputy now. */
  systems: number;
}
