import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsOptional, IsUUID } from 'class-validator';
import { EmptyIsNull, IsLongText, MayBeAbsent } from '../../../../platform/http/validators';

/** So many systems are handed over in one request. */
export const MOST_HANDED_OVER = 500;

class NotedRequest {
  /** What the one who takes over has to know; told with the hand-over. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  note?: string | null;
}

export class HandOverSystemRequest extends NotedRequest {
  /** Who owns it from now on. */
  @MayBeAbsent()
  @IsUUID()
  ownerId?: string;

  /** Who deputises from now on. */
  @MayBeAbsent()
  @IsUUID()
  deputyId?: string;
}

export class HandOverPersonRequest extends NotedRequest {
  /** Who takes every place that the person has in these systems, as owner and as deputy. */
  @IsUUID()
  toId: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_HANDED_OVER)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  @ApiProperty({ type: String, format: 'uuid', isArray: true })
  systemIds: string[];
}
