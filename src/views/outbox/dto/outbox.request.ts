import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional } from 'class-validator';
import { CursorQuery } from '../../../platform/http/cursor';
import { CommaList } from '../../../platform/http/validators';
import { MAIL_STATUSES, type MailStatus } from '../mail.entity';

export class OutboxQuery extends CursorQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(MAIL_STATUSES, { each: true })
  @ApiProperty({ enum: MAIL_STATUSES, isArray: true, required: false })
  status?: MailStatus[];
}
