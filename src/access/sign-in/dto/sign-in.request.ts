import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsIanaTimeZone, MayBeAbsent } from '../../../platform/http/validators';
import { type Calendar, CALENDARS } from '../../../platform/messages/format';
import { LOCALES, type Locale } from '../../../platform/messages/messages';
import { IsNewPassword } from './new-password';

export class SignInRequest {
  @IsString()
  @MaxLength(320)
  email: string;

  @IsString()
  @MaxLength(1000)
  password: string;

  /** One-time code, to sign in with one call. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  totp?: string;
}

export class MePatchRequest {
  /** Language of pages and mails. */
  @MayBeAbsent()
  @IsIn(LOCALES)
  locale?: Locale;

  /** IANA name, such as Asia/Tokyo. */
  @MayBeAbsent()
  @IsIanaTimeZone()
  timeZone?: string;

  /** In which years are written in Japanese: 2026年, or 令和8年. */
  @MayBeAbsent()
  @IsIn(CALENDARS)
  @ApiProperty({ enum: CALENDARS, required: false })
  calendar?: Calendar;
}

export class PasswordChangeRequest {
  @IsString()
  @MaxLength(1000)
  currentPassword: string;

  @IsNewPassword()
  newPassword: string;
}
