import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { type ChallengePurpose, PasskeyChallenge } from './passkey-challenge.entity';

export const CHALLENGE_MS = 5 * 60_000;

/** What passkeys are asked to sign: each once, within five minutes, for one purpose and in the session that asked. */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async issue(purpose: ChallengePurpose, sessionId: string | null): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + CHALLENGE_MS);
    await this.dataSource.manager.insert(PasskeyChallenge, { challenge, purpose, sessionId, expiresAt });
    return challenge;
  }

  /** Uses up the challenge that a device says it signed, whatever comes of it. @returns it; null when it is none of ours, or over. */
  async useUp(credential: object, purpose: ChallengePurpose, sessionId: string | null): Promise<string | null> {
    const challenge = challengeIn(credential);
    if (challenge === null) return null;
    const [rows] = (await this.dataSource.query(
      `DELETE FROM passkey_challenge WHERE challenge = $1 AND purpose = $2 AND session_id IS NOT DISTINCT FROM $3
       RETURNING expires_at AS "expiresAt"`,
      [challenge, purpose, sessionId],
    )) as [{ expiresAt: Date }[], number];
    return rows.some(({ expiresAt }) => expiresAt > this.clock.now()) ? challenge : null;
  }
}

/** The challenge in what a browser sends; nothing of it has been checked yet. */
function challengeIn(credential: object): string | null {
  try {
    const { response } = credential as { response: { clientDataJSON: string } };
    const said = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as Record<string, unknown>;
    const { challenge, crossOrigin } = said;
    return typeof challenge === 'string' && /^[\w-]{43}$/.test(challenge) && crossOrigin !== true ? challenge : null;
  } catch {
    return null;
  }
}
