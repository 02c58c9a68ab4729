import type { ChannelKindName } from '../channel.entity';
import type { ChannelKind } from './channel-kind';
import { MAIL } from './mail';
import { SLACK } from './slack';
import { TEAMS } from './teams';
import { WEBHOOK } from './webhook';

/** Every kind of channel. A new one is a file beside this one, an entry here and its name in `CHANNEL_KIND_NAMES`. */
export const CHANNEL_KINDS: readonly ChannelKind[] = [MAIL, WEBHOOK, SLACK, TEAMS];

export function channelKind(name: ChannelKindName): ChannelKind {
  const found = CHANNEL_KINDS.find(({ kind }) => kind === name);
  if (!found) throw new Error(`channel kind ${name} is not in the list`);
  return found;
}
