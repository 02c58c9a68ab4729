import { hasMessage, type Locale, message } from '../../platform/messages/messages';
import type { RefusalWhy } from './reading/refused';

/** What is wrong with a message in particular, as a sentence. */
export const whyText = (locale: Locale, { reason, params }: RefusalWhy): string =>
  message(locale, `refusal.${reason}`, params);

/** Why a message was refused, in words: what its code says, and what was wrong in particular. */
export function refusalText(locale: Locale, code: string, why: RefusalWhy | null): string {
  // The sentence of this code is about fields that are named beside it.
  if (why && code === 'INVALID_FIELDS') return whyText(locale, why);
  const key = `problem.${code}`;
  return hasMessage(key) ? message(locale, key, { why: why && whyText(locale, why) }) : code;
}
