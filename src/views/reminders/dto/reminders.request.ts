import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional, IsUUID } from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import { CommaList } from '../../../platform/http/validators';
import { REMINDER_STATUSES, type ReminderStatus } from '../reminder.entity';

export class RemindersQuery extends CursorQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(REMINDER_STATUSES, { each: true })
  @ApiProperty({ enum: REMINDER_STATUSES, isArray: true, required: false })
  status?: ReminderStatus[];

  @IsOptional()
  @IsUUID()
  recipientId?: string;

  @IsOptional()
  @IsUUID()
  systemId?: string;
}

export class RemindersExportQuery extends IntersectionType(
  OmitType(RemindersQuery, ['limit', 'cursor']),
  ExportQuery,
) {}
