import { hasMessage, type Locale, message } from '../../../platform/messages/messages';

const MOST = 500;

/** Why nothing was taken, as it is kept: the answer of the receiver, what the network said, or a code of ours. */
export function failureOf(error: Error): string {
  return (error.message || error.name).slice(0, MOST);
}

/** The same for people: a code of ours in their language, everything else as it is. */
export function failureText<T extends string | null>(kept: T, locale: Locale): T | string {
  const key = `channel.failure.${kept}`;
  return kept !== null && hasMessage(key) ? message(locale, key) : kept;
}
