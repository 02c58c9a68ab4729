import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsIanaTimeZone, MayBeAbsent } from '../../../platform/http/validators';
import { LOCALES, type Locale } from '../../../platform/messages/messages';
import { IsNewPassword } from './new-password';

export class SignInRequest {
  @IsString()
  @MaxLength(320)
  email: string;

  @IsString()
  @MaxLength(1000)
  password: string;
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
}

export class PasswordChangeRequest {
  @IsString()
  @MaxLength(1000)
  currentPassword: string;

  @IsNewPassword()
  newPassword: string;
}
