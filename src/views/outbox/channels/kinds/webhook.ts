import { createHmac, randomBytes } from 'node:crypto';
import type { ChannelKind, Told } from './channel-kind';
import { hostOf, postJson } from './post-json';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A secret to sign with: 256 random bits as the Standard Webhooks write it. */
export function newSigningSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The headers of the Standard Webhooks: one signature for each secret, so that both are valid while one is replaced by the other. */
export function signatureHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}

/** JSON to any address, signed by the Standard Webhooks scheme. */
export const WEBHOOK: ChannelKind = {
  kind: 'WEBHOOK',
  signed: true,
  refusalOf: (address, post) => post.refusalOf(address),
  hintOf: hostOf,
  send: (told, { address, secrets }, { post, now }) => {
    const body = JSON.stringify(payloadOf(told, now));
    return postJson(post, address, body, signatureHeaders(told.id, now, body, secrets));
  },
};

function payloadOf({ type, toldOn, title, text, lines, more, url }: Told, now: Date): object {
  const items = lines.map(({ id, state, dueOn, title: rule, where, reason, url: link }) => ({
    obligationId: id,
    ...{ state, dueOn, title: rule, about: where, reason, url: link },
  }));
  return { type: `sonae.${type}`, timestamp: now.toISOString(), data: { toldOn, title, text, items, more, url } };
}
