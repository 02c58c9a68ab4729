import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
import { REMINDER_STATUSES, type ReminderStatus } from '../reminder.entity';

/** Whether a drill is planned for a duty that one meets. */
export class RemindedDrill {
  /** Which one and on which day, or that none is. */
  text: string;

  /** Its page, or the one that plans it, below the address of the service. */
  path: string;
}

/** What a reminder is about; it stays readable when the duty is no longer owed. */
export class RemindedObligation {
  id: string;
  ruleKey: string;
  ruleTitle: string;

  /** Null for what an organisation owes for itself. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  systemId: string | null;

  @ApiProperty({ type: String, nullable: true })
  systemName: string | null;

  @ApiProperty({ type: String, nullable: true })
  systemNameEn: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  improvementItemId: string | null;

  /** Null for what no drill meets, and for what has been met or is no longer owed. */
  @ApiProperty({ type: RemindedDrill, nullable: true })
  drill: RemindedDrill | null;
}

/** What held a reminder back. */
export class ReminderSnooze {
  reason: string;

  @ApiProperty({ type: String, format: 'date' })
  untilOn: string;
}

/** One row of the ledger of what was, or is to be, told to whom. */
export class ReminderResponse {
  id: string;
  obligation: RemindedObligation;

  /** What it is about: a due day or a failure, `DUE:2026-12-01`. */
  occurrence: string;

  @ApiProperty({ enum: ['LEAD', 'DUE', 'OVERDUE', 'ESCALATION'] })
  stage: string;

  /** Days from the due day; working days for an escalation. */
  offsetDays: number;

  @ApiProperty({ type: String, format: 'date' })
  plannedOn: string;

  recipient: PersonRef;

  @ApiProperty({ enum: ['MAIL'] })
  channel: string;

  @ApiProperty({ enum: REMINDER_STATUSES })
  status: ReminderStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt: Date | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  mailId: string | null;

  /** Why and through which day it was held back, when it was. */
  @ApiProperty({ type: ReminderSnooze, nullable: true })
  snooze: ReminderSnooze | null;

  /** When the recipient of an escalation said that they know of it; null for every other reminder. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  acknowledgedAt: Date | null;
}

export class ReminderPage {
  items: ReminderResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
