import type { MailTransport } from '../../../../platform/mail/mail-transport';
import type { Locale } from '../../../../platform/messages/messages';
import type { OutwardPost } from '../../../../platform/outward/outward-post';
import type { ChannelKindName } from '../channel.entity';

/** One thing that is told, in words; `when` and `where` may be empty. */
export interface ToldLine {
  /** The obligation; null in a test. */
  id: string | null;
  state: string | null;
  dueOn: string | null;
  when: string;
  title: string;
  where: string;
  reason: string;
  url: string;
}

/** What a channel is told, before it takes the shape of its kind. */
export interface Told {
  /** Stable across retries, so that a receiver can drop a second copy. */
  id: string;
  type: 'digest' | 'test';
  locale: Locale;
  /** The civil day that it is for. */
  toldOn: string;
  title: string;
  text: string;
  lines: readonly ToldLine[];
  /** How many more there are than lines, in words; null when there are none. */
  more: string | null;
  url: string;
}

/** Where it goes, and what it is signed with: the present secret first. */
export interface Target {
  name: string;
  address: string;
  secrets: readonly string[];
}

/** The ways out of the house. */
export interface Ways {
  post: OutwardPost;
  /** Null when no mail server is configured. */
  mail: MailTransport | null;
  now: Date;
}

/** How one kind of channel is spoken to: one file for each, and an entry in `CHANNEL_KINDS`. */
export interface ChannelKind {
  kind: ChannelKindName;
  /** Whether what it is told is signed with a secret of its own. */
  signed: boolean;
  /** Code of why `address` cannot be one of this kind; null when it can. */
  refusalOf(address: string, post: OutwardPost): string | null;
  /** What may be shown of an address that can be used. */
  hintOf(address: string): string;
  /** Resolves with what was answered, in short, when it has been taken. @throws Error when it has not. */
  send(told: Told, target: Target, ways: Ways): Promise<string>;
}
