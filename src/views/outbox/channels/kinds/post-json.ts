import type { OutwardPost } from '../../../../platform/outward/outward-post';

const MOST_SHOWN = 200;

/** Posts `body` and wants a 2xx. Resolves with the answer in short. @throws Error with it otherwise; a redirect is none to be followed. */
export async function postJson(
  post: OutwardPost,
  address: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { status, text } = await post.send(address, body, headers);
  const answer = `HTTP ${status} ${text.replace(/\s+/g, ' ').trim()}`.trim().slice(0, MOST_SHOWN);
  if (status < 200 || status > 299) throw new Error(answer);
  return answer;
}

/** The host: the rest of an address may be a secret. */
export function hostOf(address: string): string {
  return new URL(address).host;
}
