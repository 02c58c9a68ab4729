import { Injectable, Logger } from '@nestjs/common';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { Problem } from '../../../platform/http/problem';
import type { User } from '../../user.entity';
import type { ChallengePurpose } from './passkey-challenge.entity';
import { CHALLENGE_MS, PasskeyChallenges } from './passkey-challenges';
import { Passkey } from './passkey.entity';
import { type RelyingParty, relyingPartyOf } from './relying-party';

const NAME = 'Sonae';
const MOST_TRANSPORTS = 10;
/** At most 1023 bytes, in base64url. */
const CREDENTIAL_ID = /^[\w-]{1,1364}$/;

/** The passkeys of people: WebAuthn, bound to the address of the installation. No make of device is asked for. */
@Injectable()
export class Passkeys {
  private readonly logger = new Logger(Passkeys.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly challenges: PasskeyChallenges,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** What the browser makes a new passkey with; one on a device that has one already is refused there. */
  async creationOptions(
    { id, email, displayName }: User,
    sessionId: string,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const party = this.party();
    const known = await this.dataSource.manager.findBy(Passkey, { userId: id });
    return generateRegistrationOptions({
      rpName: NAME,
      rpID: party.id,
      userID: new Uint8Array(Buffer.from(id)),
      userName: email,
      userDisplayName: displayName,
      challenge: bytesOf(await this.challenges.issue('REGISTRATION', sessionId)),
      timeout: CHALLENGE_MS,
      attestationType: 'none',
      excludeCredentials: known.map(descriptor),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
  }

  /** What the browser asks for a signature with: of one of the person's passkeys, or of whoever's it is. */
  async requestOptions(
    purpose: 'SECOND_FACTOR' | 'SIGN_IN',
    sessionId: string | null = null,
    userId: string | null = null,
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const party = this.party();
    const known = userId === null ? undefined : await this.dataSource.manager.findBy(Passkey, { userId });
    return generateAuthenticationOptions({
      rpID: party.id,
      challenge: bytesOf(await this.challenges.issue(purpose, sessionId)),
      timeout: CHALLENGE_MS,
      userVerification: purpose === 'SIGN_IN' ? 'required' : 'discouraged',
      ...(known && { allowCredentials: known.map(descriptor) }),
    });
  }

  /** Keeps a new passkey. `challenge` comes from `PasskeyChallenges.useUp`. @returns null when it cannot be believed or is known already. */
  async add(
    m: EntityManager,
    userId: string,
    name: string,
    credential: object,
    challenge: string | null,
  ): Promise<Passkey | null> {
    if (challenge === null) return null;
    const { id: expectedRPID, origin: expectedOrigin } = this.party();
    const made = await this.believed(() =>
      verifyRegistrationResponse({
        response: credential as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin,
        expectedRPID,
        requireUserVerification: false,
      }),
    );
    if (!made?.verified) return null;
    const { id: credentialId, publicKey, counter, transports = [] } = made.registrationInfo.credential;
    if (await m.existsBy(Passkey, { credentialId })) return null;
    const row = {
      id: newId(),
      userId,
      credentialId,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter: String(counter),
      transports: [transports]
        .flat()
        .filter((transport) => /^[a-z-]{1,20}$/.test(transport))
        .slice(0, MOST_TRANSPORTS),
      name,
      createdAt: this.clock.now(),
      lastUsedAt: null,
    };
    await m.insert(Passkey, row);
    return row;
  }

  /** The passkey that a signature says it is of. Nothing of it has been checked yet. */
  async named(credential: object): Promise<Passkey | null> {
    const { id: credentialId } = credential as { id?: unknown };
    const isOne = typeof credentialId === 'string' && CREDENTIAL_ID.test(credentialId);
    return isOne ? this.dataSource.manager.findOneBy(Passkey, { credentialId }) : null;
  }

  /**
   * Checks a signature, and that the device has counted on since the last one: a copy of it has not.
   * @param purpose signing in with the passkey alone needs that the device knew its person, by finger or PIN
   */
  async use(
    m: EntityManager,
    passkey: Passkey,
    credential: object,
    challenge: string | null,
    purpose: Exclude<ChallengePurpose, 'REGISTRATION'>,
  ): Promise<boolean> {
    if (challenge === null || !handleFits(credential, passkey)) return false;
    const { id: expectedRPID, origin: expectedOrigin } = this.party();
    const { credentialId, publicKey, counter } = passkey;
    const signed = await this.believed(() =>
      verifyAuthenticationResponse({
        response: credential as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin,
        expectedRPID,
        credential: { id: credentialId, publicKey: bytesOf(publicKey), counter: Number(counter) },
        requireUserVerification: purpose === 'SIGN_IN',
      }),
    );
    if (!signed?.verified) return false;
    const next = { counter: String(signed.authenticationInfo.newCounter), lastUsedAt: this.clock.now() };
    // With the counter that was checked: of two uses at once of a device that counts, one is a copy's.
    const { affected } = await m.update(Passkey, { id: passkey.id, counter }, next);
    return affected === 1;
  }

  /** @throws Problem 409 when browsers make no passkeys for the address of the installation. */
  private party(): RelyingParty {
    const party = relyingPartyOf(this.config);
    if (!party) throw new Problem(409, 'PASSKEYS_NOT_SET_UP');
    return party;
  }

  /** What is malformed in whatever way is not believed. */
  private async believed<T>(verify: () => Promise<T>): Promise<T | null> {
    try {
      return await verify();
    } catch (error) {
      this.logger.debug(error);
      return null;
    }
  }
}

function descriptor({ credentialId: id, transports }: Passkey): { id: string; transports: string[] } {
  return { id, transports };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** A device that tells whose passkey it is must mean the same person. */
function handleFits(credential: object, { userId }: Passkey): boolean {
  const { response } = credential as { response?: { userHandle?: unknown } };
  const handle = response?.userHandle;
  return handle === undefined || handle === null || handle === Buffer.from(userId).toString('base64url');
}
