import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../../access/references/refs.response';
import { LOCALES, type Locale } from '../../../../platform/messages/messages';
import { CHANNEL_KIND_NAMES, type ChannelKindName } from '../channel.entity';
import { CHANNEL_MESSAGE_STATUSES, type ChannelMessageStatus } from '../channel-message.entity';

export class ChannelResponse {
  id: string;
  organisation: OrganisationRef;
  name: string;

  @ApiProperty({ enum: CHANNEL_KIND_NAMES })
  kind: ChannelKindName;

  @ApiProperty({ enum: LOCALES })
  locale: Locale;

  /** What may be shown of the address: its host, or all of a mail address. */
  addressHint: string;

  paused: boolean;

  /** Whether what it is told is signed. */
  signed: boolean;

  /** Until when the secret before the present one signs too. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  previousUntil: Date | null;

  @ApiProperty({ enum: CHANNEL_MESSAGE_STATUSES, nullable: true })
  lastStatus: ChannelMessageStatus | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  lastToldOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  lastError: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: Date | null;

  version: number;
}

export class ChannelListResponse {
  items: ChannelResponse[];
}

/** A channel with its new secret: in this answer and in no other. */
export class IssuedChannelResponse extends ChannelResponse {
  @ApiProperty({ type: String, nullable: true })
  secret: string | null;
}

export class ChannelTestResponse {
  delivered: boolean;

  /** What the receiver answered, or why nothing was sent. */
  answer: string;
}

export class ChannelRef {
  id: string;
  name: string;

  @ApiProperty({ enum: CHANNEL_KIND_NAMES })
  kind: ChannelKindName;
}

/** What one channel was told on one day. */
export class ChannelMessageResponse {
  id: string;
  channel: ChannelRef;

  @ApiProperty({ type: String, format: 'date' })
  toldOn: string;

  @ApiProperty({ enum: CHANNEL_MESSAGE_STATUSES })
  status: ChannelMessageStatus;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  itemCount: number;
  attempts: number;

  /** Why the last attempt failed. */
  @ApiProperty({ type: String, nullable: true })
  error: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextTryAt: Date | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt: Date | null;
}

export class ChannelMessagePage {
  items: ChannelMessageResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
