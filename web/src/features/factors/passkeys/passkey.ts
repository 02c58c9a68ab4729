import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import type { TFunction } from 'i18next';
import { api } from '../../../api/client';
import { isProblem } from '../../../api/problem';
import type { Confirmed } from '../use-confirmed';

const NUMBERED = /^[\d.]+$|:/;

/** Browsers know passkeys, but only for names, on pages with TLS and on this machine itself. */
export const canUsePasskeys = (): boolean =>
  window.isSecureContext && browserSupportsWebAuthn() && !NUMBERED.test(window.location.hostname);

/** Lets the browser make a passkey. Rejects with a sentence for the person when it did not. */
export async function makePasskey(confirmed: Confirmed, t: TFunction): Promise<RegistrationResponseJSON> {
  const optionsJSON = await confirmed(() =>
    api.post<PublicKeyCredentialCreationOptionsJSON>('/me/factors/passkeys/options'),
  );
  return worded(t, () => startRegistration({ optionsJSON }));
}

/** Lets the browser show a passkey that fits what the service asks for at `path`. */
export async function showPasskey(path: string, t: TFunction): Promise<AuthenticationResponseJSON> {
  const optionsJSON = await api.post<PublicKeyCredentialRequestOptionsJSON>(path);
  return worded(t, () => startAuthentication({ optionsJSON }));
}

/** A refused passkey is no field of a form, so what is said of it concerns the whole step. */
export async function withoutField<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    const message = isProblem(error, 422) && error.errors[0]?.message;
    throw message ? new Error(message, { cause: error }) : error;
  });
}

/** Browsers say little about why, so that no page learns which passkeys there are. */
async function worded<T>(t: TFunction, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const key =
      name === 'InvalidStateError'
        ? 'factors.passkeyKnown'
        : name === 'NotAllowedError' || name === 'AbortError'
          ? 'factors.passkeyCancelled'
          : 'factors.passkeyFailed';
    throw new Error(t(key), { cause: error });
  }
}
