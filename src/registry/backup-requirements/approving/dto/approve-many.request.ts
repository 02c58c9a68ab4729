import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, IsUUID, Min, ValidateNested } from 'class-validator';
import { CommentRequest } from '../../../../obligations/dto/workflow.request';

/** So many requirements are approved in one request. */
export const MOST_APPROVED = 200;

/** A requirement as it was read. */
export class SeenRequirement {
  @IsUUID()
  id: string;

  /** The version that was read; a later one is left alone. */
  @IsInt()
  @Min(1)
  version: number;
}

/** The comment, if any, stands with each of them. */
export class ApproveManyRequest extends CommentRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_APPROVED)
  @ArrayUnique(({ id }: SeenRequirement) => id)
  @ValidateNested({ each: true })
  @Type(() => SeenRequirement)
  @ApiProperty({ type: SeenRequirement, isArray: true })
  requirements: SeenRequirement[];
}
