import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
import { MAIL_STATUSES, type MailStatus } from '../mail.entity';

/** One mail of the outbox. */
export class MailResponse {
  id: string;
  recipient: PersonRef;

  @ApiProperty({ type: String, format: 'date' })
  digestOn: string;

  /** KEPT: no mail server is configured, so it stays here. */
  @ApiProperty({ enum: MAIL_STATUSES })
  status: MailStatus;

  @ApiProperty({ type: String, nullable: true })
  subject: string | null;

  itemCount: number;
  attempts: number;

  /** Why the last attempt failed. */
  @ApiProperty({ type: String, nullable: true })
  error: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt: Date | null;
}

export class MailTextResponse extends MailResponse {
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
}

export class MailPage {
  items: MailResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
