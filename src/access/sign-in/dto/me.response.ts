import type { Locale } from '../../../platform/messages/messages';
import { ApiProperty } from '@nestjs/swagger';
import { type Calendar, CALENDARS } from '../../../platform/messages/format';
import type { Permission } from '../../permissions';
import type { Role } from '../../role-assignment.entity';

export class MeUserResponse {
  id: string;
  email: string;
  displayName: string;
  locale: Locale;
  timeZone: string;

  @ApiProperty({ enum: CALENDARS })
  calendar: Calendar;
}

export class RoleResponse {
  role: Role;
  organisationId: string;
  organisationName: string;
  organisationNameEn: string | null;
}

/** Who is signed in and what they may do. */
export class MeResponse {
  user: MeUserResponse;
  roles: RoleResponse[];
  /** Everything the person may do somewhere. */
  permissions: Permission[];
  /** True while the service holds demo data. */
  demo: boolean;
  version: number;
}

export class SignInHintResponse {
  email: string;
  displayName: string;
  role: Role;
}

/** What the sign-in page may show: the demo accounts, and nothing when the data is real. */
export class SignInHintsResponse {
  demo: boolean;
  accounts: SignInHintResponse[];
  /** Whether one can sign in at the office's own provider. */
  oidc: boolean;
  /** Whether browsers make passkeys for the address of this installation. */
  passkeys: boolean;
}
