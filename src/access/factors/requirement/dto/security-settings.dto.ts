import { ApiProperty } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn } from 'class-validator';
import { type Role, ROLES } from '../../../role-assignment.entity';

export class SecuritySettingsRequest {
  /** Roles that nobody uses without a second factor. */
  @IsArray()
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  @ApiProperty({ enum: ROLES, isArray: true })
  secondFactorRoles: Role[];
}

export class SecuritySettingsResponse extends SecuritySettingsRequest {
  version: number;
}
