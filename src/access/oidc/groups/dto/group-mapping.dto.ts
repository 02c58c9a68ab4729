import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsUUID, ValidateNested } from 'class-validator';
import { IsPlainText } from '../../../../platform/http/validators';
import { type Role, ROLES } from '../../../role-assignment.entity';

/** Members of a group at the provider have this role there. */
export class GroupMappingDto {
  /** As the provider names it in the claim of the groups. */
  @IsPlainText(300)
  group: string;

  @IsIn(ROLES)
  @ApiProperty({ enum: ROLES })
  role: Role;

  @IsUUID()
  organisationId: string;
}

export class GroupMappingsDto {
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => GroupMappingDto)
  mappings: GroupMappingDto[];
}
