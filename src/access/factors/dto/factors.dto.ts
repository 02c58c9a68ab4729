import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../../platform/http/validators';

export const FACTORS = ['TOTP', 'PASSKEY', 'RECOVERY_CODE'] as const;
export type Factor = (typeof FACTORS)[number];

export const SIGN_IN_STATES = ['NONE', 'FACTOR_NEEDED', 'ENROLMENT_NEEDED', 'SIGNED_IN'] as const;
export type SignInState = (typeof SIGN_IN_STATES)[number];

/** How far the browser's sign-in has come. */
export class SignInStateResponse {
  @ApiProperty({ enum: SIGN_IN_STATES })
  state: SignInState;

  /** What the person can show when a second factor is needed. */
  @ApiProperty({ enum: FACTORS, isArray: true })
  factors: Factor[];
}

export class CodeRequest {
  @IsString()
  @MaxLength(100)
  code: string;
}

/** The password, or a code: one of them. */
export class ConfirmationRequest {
  @MayBeAbsent()
  @IsString()
  @MaxLength(1000)
  password?: string;

  /** One-time code or recovery code. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  code?: string;
}

export class TotpResponse {
  confirmedAt: Date;
}

export class PasskeyResponse {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export class RecoveryCodesStateResponse {
  remaining: number;
  madeAt: Date;
}

/** The second factors of the person. */
export class FactorsResponse {
  totp: TotpResponse | null;
  passkeys: PasskeyResponse[];
  recoveryCodes: RecoveryCodesStateResponse | null;
  /** Whether a role of the person may not be used without one. */
  required: boolean;
}

/** Shown once. */
export class BegunTotpResponse {
  /** Base32, for typing. */
  secret: string;
  /** `otpauth://…`, for a QR code. */
  uri: string;
}

export class FirstFactorResponse {
  /** Made with the first factor, and shown once; null with every further one. */
  recoveryCodes: string[] | null;
}

export class NewRecoveryCodesResponse {
  /** Shown once. Those before them count no longer. */
  codes: string[];
}
