import type { Answer } from '../support/client';
import type { Actor } from './actors';
import { MARK } from './records';
import type { Statement } from './stated-access';

/** What the table says of one request: that it passes what guards the operation, or with which statuses it is refused. */
export type Expected = 'PASSES' | readonly number[];

const UNKNOWN_ID = [404, 422];
/** How somebody is refused for who they are; an open operation may refuse what they send, with the same statuses. */
const OF_THE_GUARD = ['NOT_SIGNED_IN', 'NOT_ALLOWED', 'NOT_BY_TOKEN', 'INVALID_API_TOKEN'];

/** What the stated access means for somebody. */
export function expectedOf({ about, reach }: Statement, { standing, roles }: Actor): Expected {
  if (about === 'public') return 'PASSES';
  if (standing === 'anonymous') return [401];
  if (standing === 'program') return [403];
  if (about === 'self') return 'PASSES';
  const reaches = roles.map((role) => reach[role]).filter((each) => each !== '-');
  const theirs = standing === 'holder' && roles[0] === 'OWNER';
  const away = standing === 'outside' || standing === 'elsewhere';
  if (about === 'personal') return theirs || (reaches.length > 0 && !away) ? 'PASSES' : [404];
  if (reaches.length === 0) return [403];
  if (about === 'list' || about === 'installation') return 'PASSES';
  if (about === 'request' && !away && !theirs) return reaches.includes('own*') && standing !== 'holder' ? [404] : [403];
  if (away) return about === 'organisation' ? UNKNOWN_ID : [404];
  if (standing === 'holder' || reaches.includes('yes')) return 'PASSES';
  return reaches.includes('own*') ? [404] : [403];
}

/** Whether somebody may read what belongs to the agency in the answer to an operation. */
export function maySee({ reach }: Statement, { standing, roles }: Actor): boolean {
  if (standing === 'holder') return true;
  return standing === 'within' && roles.some((role) => reach[role] === 'yes' || reach[role] === 'own');
}

/** What is wrong with an answer; null when it is as expected. */
export function faultOf(statement: Statement, actor: Actor, { status, body }: Answer): string | null {
  const expected = expectedOf(statement, actor);
  const told =
    `${statement.name} as ${actor.name}: ${status}${body.code ? ` ${body.code}` : ''} ${body.errors ? JSON.stringify(body.errors) : ''}`.trim();
  if (status >= 500) return told;
  const refused = statement.about === 'public' ? OF_THE_GUARD.includes(body.code) : [401, 403, 404].includes(status);
  if (expected === 'PASSES' && refused) return `${told} instead of passing`;
  if (expected !== 'PASSES' && !expected.includes(status)) return `${told} instead of ${expected.join(' or ')}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (!maySee(statement, actor) && text.includes(MARK)) return `${told} shows what is not to be seen`;
  return null;
}
