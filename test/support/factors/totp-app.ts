import { Secret, TOTP } from 'otpauth';
import type { Client } from '../client';
import type { SettableClock } from '../clock';

/** The app on somebody's phone: knows the secret, and shows the code of the moment by the clock of the test. */
export class TotpApp {
  constructor(
    private readonly secret: string,
    private readonly clock: SettableClock,
  ) {}

  /** The code of now, or of so many half minutes later. */
  code(later = 0): string {
    const timestamp = this.clock.now().getTime() + later * 30_000;
    return new TOTP({ secret: Secret.fromBase32(this.secret) }).generate({ timestamp });
  }

  /** A code that is none of those around now. */
  wrongCode(): string {
    const right = [-1, 0, 1].map((later) => this.code(later));
    return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) as string;
  }
}

/** Sets one-time codes up for who is signed in in `browser`. @returns the app, and the recovery codes if they came with it. */
export async function setUpTotp(
  browser: Client,
  clock: SettableClock,
): Promise<{ phone: TotpApp; recoveryCodes: string[] }> {
  const begun = await browser.post('/me/factors/totp');
  if (begun.status !== 201) throw new Error(`One-time codes cannot be begun: ${JSON.stringify(begun.body)}`);
  const phone = new TotpApp(begun.body.secret, clock);
  const { status, body } = await browser.post('/me/factors/totp/confirm', { code: phone.code() });
  if (status !== 200) throw new Error(`One-time codes cannot be confirmed: ${JSON.stringify(body)}`);
  clock.advance({ minutes: 1 });
  return { phone, recoveryCodes: body.recoveryCodes };
}
