import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { CursorQuery } from '../../../../platform/http/cursor';
import { CommaList, IsPlainText, MayBeAbsent } from '../../../../platform/http/validators';
import { LOCALES, type Locale } from '../../../../platform/messages/messages';
import { CHANNEL_KIND_NAMES, type ChannelKindName } from '../channel.entity';
import { CHANNEL_MESSAGE_STATUSES, type ChannelMessageStatus } from '../channel-message.entity';

export class ChannelRequest {
  @IsUUID()
  organisationId: string;

  @IsPlainText(100)
  name: string;

  @IsIn(CHANNEL_KIND_NAMES)
  @ApiProperty({ enum: CHANNEL_KIND_NAMES })
  kind: ChannelKindName;

  /** Language of what is told. */
  @IsIn(LOCALES)
  @ApiProperty({ enum: LOCALES })
  locale: Locale;

  /** A mail address for MAIL, else an https address. It is never shown again. */
  @IsPlainText(2000)
  address: string;
}

/** What is absent stays as it is. */
export class PatchChannelRequest {
  @MayBeAbsent()
  @IsPlainText(100)
  name?: string;

  @MayBeAbsent()
  @IsIn(LOCALES)
  @ApiProperty({ enum: LOCALES, required: false })
  locale?: Locale;

  /** Replaces the address. */
  @MayBeAbsent()
  @IsPlainText(2000)
  address?: string;

  /** Whether it is told nothing for the time being. */
  @MayBeAbsent()
  @IsBoolean()
  paused?: boolean;
}

export class RotateChannelRequest {
  /** How long the present secret signs beside the new one. */
  @IsInt()
  @Min(0)
  @Max(720)
  graceHours: number = 24;
}

export class ChannelMessagesQuery extends CursorQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(CHANNEL_MESSAGE_STATUSES, { each: true })
  @ApiProperty({ enum: CHANNEL_MESSAGE_STATUSES, isArray: true, required: false })
  status?: ChannelMessageStatus[];

  @IsOptional()
  @IsUUID()
  channelId?: string;
}
