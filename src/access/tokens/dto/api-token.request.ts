import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IsCivilDate, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';
import { type Permission, PERMISSIONS } from '../../permissions';

const SCOPES = Object.keys(PERMISSIONS) as Permission[];

export class ApiTokenListQuery {
  /** Whose tokens; one's own when absent. Those of others are for who administers their account. */
  @IsOptional()
  @IsUUID()
  userId?: string;
}

export class ApiTokenCreateRequest {
  /** What it is for, so that people know which one to revoke. */
  @IsPlainText(100)
  name: string;

  /** Permissions that the token may use: some of those one has oneself. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  @ApiProperty({ enum: SCOPES, isArray: true })
  scopes: Permission[];

  /** The token reaches no further than this organisation and those below it. */
  @IsOptional()
  @IsUUID()
  organisationId?: string | null;

  /** The last day on which it is valid, in one's own time zone. */
  @IsCivilDate()
  expiresOn: string;
}

export class ApiTokenRotateRequest {
  /** For how many hours the present secret stays valid beside the new one; 0 ends it at once. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(168)
  graceHours: number = 24;

  /** A new last day; the present one stays when absent. */
  @MayBeAbsent()
  @IsCivilDate()
  expiresOn?: string;
}
