import { ApiProperty } from '@nestjs/swagger';
import { INBOX_KINDS, type InboxKind } from './inbox.request';

/** One thing that the person was told, or is to be told with the next digest. */
export class InboxEntry {
  id: string;

  @ApiProperty({ enum: INBOX_KINDS })
  kind: InboxKind;

  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;

  /** The rule that is to be met, or what has happened. */
  title: string;

  /** The system that a rule is to be met for, in the language of the reader. */
  @ApiProperty({ type: String, nullable: true })
  systemName: string | null;

  /** The due day that a reminder is about; null for a failure, and for a notice. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  /** What somebody added to a notice; of a duty that a drill meets, which drill is planned for it, or that none is. */
  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  /** Whether what a reminder is about has been met since, or is no longer owed. */
  cleared: boolean;

  /** The page that clears it, below the address of the service. */
  path: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt: Date | null;
}

export class InboxPage {
  items: InboxEntry[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** How much of the inbox has not been read. */
export class UnreadResponse {
  /** Counted to 100. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  unread: number;
}
