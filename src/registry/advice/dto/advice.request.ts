import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import { EmptyIsNull, IsCivilDate, IsLongText, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';
import { ADVICE_STATUSES, type AdviceStatus } from '../advice-request.entity';

export class AskAdviceRequest {
  /** Who asks. */
  @IsUUID()
  organisationId: string;

  /** A system of it that the question is about: the ministry is told its name. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  systemId?: string | null;

  /** An improvement item that the question is about: the ministry is told its title. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  improvementItemId?: string | null;

  @IsPlainText(200)
  title: string;

  @EmptyIsNull()
  @IsLongText(10_000)
  question: string;

  /** By when an answer is wished for. */
  @MayBeAbsent()
  @IsCivilDate()
  dueOn?: string;
}

export class AnswerAdviceRequest {
  @EmptyIsNull()
  @IsLongText(10_000)
  answer: string;
}

export class AdviceQuery extends CursorQuery {
  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;

  @MayBeAbsent()
  @IsUUID()
  systemId?: string;

  @MayBeAbsent()
  @IsIn(ADVICE_STATUSES)
  @ApiProperty({ enum: ADVICE_STATUSES, required: false })
  status?: AdviceStatus;
}

export class AdviceExportQuery extends IntersectionType(OmitType(AdviceQuery, ['limit', 'cursor']), ExportQuery) {}
