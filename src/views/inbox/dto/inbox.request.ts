import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsOptional } from 'class-validator';
import { CursorQuery } from '../../../platform/http/cursor';
import { BooleanText, CommaList, IsInstant } from '../../../platform/http/validators';

export const INBOX_KINDS = ['REMINDER', 'ESCALATION', 'NOTICE'] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];

export class InboxQuery extends CursorQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(INBOX_KINDS, { each: true })
  @ApiProperty({ enum: INBOX_KINDS, isArray: true, required: false })
  kind?: InboxKind[];

  /** Only what has not been read. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  unread?: boolean;
}

export class ReadAllRequest {
  /** When the newest entry that was seen came; what came later stays unread. */
  @IsInstant()
  @ApiProperty({ type: String, format: 'date-time' })
  through: string;
}
