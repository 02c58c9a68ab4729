import type { Locale } from '../../../platform/messages/messages';
import { RoleResponse } from '../../sign-in/dto/me.response';

export class UserResponse {
  id: string;
  email: string;
  displayName: string;
  locale: Locale;
  timeZone: string;
  /** False for a closed account. */
  active: boolean;
  /** Whether what the service knew of the person has been erased; nothing of the account can change any more. */
  erased: boolean;
  /** Whether the person has a password; others are only reminded. */
  canSignIn: boolean;
  /** The roles that the caller may see. */
  roles: RoleResponse[];
  version: number;
}

export class UserPageResponse {
  items: UserResponse[];
  nextCursor: string | null;
}
