import { IntersectionType, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsUUID,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import { BooleanText, IsIanaTimeZone, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';
import { LOCALES, type Locale } from '../../../platform/messages/messages';
import { type Role, ROLES } from '../../role-assignment.entity';
import { IsNewPassword } from '../../sign-in/dto/new-password';

export class RoleRequest {
  @IsIn(ROLES)
  role: Role;

  /** The organisation, with everything below it, that the role holds for. */
  @IsUUID()
  organisationId: string;
}

export class RolesRequest {
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique(({ role, organisationId }: RoleRequest) => `${role} ${organisationId}`)
  @ValidateNested({ each: true })
  @Type(() => RoleRequest)
  roles: RoleRequest[];
}

export class UserCreateRequest {
  @IsEmail({ require_tld: false })
  @MaxLength(320)
  email: string;

  @IsPlainText(100)
  displayName: string;

  @MayBeAbsent()
  @IsIn(LOCALES)
  locale?: Locale;

  /** IANA name; the service's own zone when absent. */
  @MayBeAbsent()
  @IsIanaTimeZone()
  timeZone?: string;

  /** Absent for a person who is only reminded and does not sign in. */
  @MayBeAbsent()
  @IsNewPassword()
  password?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique(({ role, organisationId }: RoleRequest) => `${role} ${organisationId}`)
  @ValidateNested({ each: true })
  @Type(() => RoleRequest)
  roles?: RoleRequest[];
}

export class UserPatchRequest {
  @MayBeAbsent()
  @IsEmail({ require_tld: false })
  @MaxLength(320)
  email?: string;

  @MayBeAbsent()
  @IsPlainText(100)
  displayName?: string;

  @MayBeAbsent()
  @IsIn(LOCALES)
  locale?: Locale;

  @MayBeAbsent()
  @IsIanaTimeZone()
  timeZone?: string;

  /** False closes the account: no sign-in, no mail. */
  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;
}

export class PasswordSetRequest {
  /** Null takes the sign-in away; it has to be said. */
  @ValidateIf((_request, value) => value !== null)
  @IsNewPassword()
  password: string | null;
}

export class EraseRequest {
  /** The person’s e-mail address, typed to confirm. */
  @IsPlainText(254)
  confirm: string;
}

export class UserListQuery extends CursorQuery {
  /** Part of the name or of the e-mail address. */
  @IsOptional()
  @IsPlainText(100)
  q?: string;

  /** Those who hold this role. */
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  /** Those who hold a role in this organisation or below it. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;

  /** False for closed accounts only, true for the others. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  active?: boolean;
}

export class UsersExportQuery extends IntersectionType(OmitType(UserListQuery, ['limit', 'cursor']), ExportQuery) {}
