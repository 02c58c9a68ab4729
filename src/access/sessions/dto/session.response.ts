import type { SignInMethod } from '../session.entity';

/** A browser in which the person is signed in. */
export class SessionResponse {
  id: string;
  method: SignInMethod;
  createdAt: Date;
  lastUsedAt: Date;
  /** Address from which the sign-in came. */
  address: string | null;
  /** Browser and operating system: `Firefox, Windows`. */
  browser: string | null;
  /** Whether it is the one that asks. */
  current: boolean;
}
