import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { OrganisationRef } from '../../../../access/references/refs.response';
import { MayBeAbsent } from '../../../../platform/http/validators';
import { LOCALES, type Locale } from '../../../../platform/messages/messages';

export class CalendarFeedRequest {
  /** The organisation whose feed it is, with those below it; one's own when absent. */
  @IsOptional()
  @IsUUID()
  organisationId?: string | null;

  /** The language of what it tells; one's own when absent. */
  @MayBeAbsent()
  @IsIn(LOCALES)
  @ApiProperty({ enum: LOCALES, required: false })
  locale?: Locale;
}

/** A feed without its address, which nobody can read again. */
export class CalendarFeedResponse {
  id: string;

  @ApiProperty({ type: OrganisationRef, nullable: true, description: 'Null for a feed of one’s own' })
  organisation: OrganisationRef | null;

  @ApiProperty({ enum: LOCALES })
  locale: Locale;

  /** The beginning of the secret in its address. */
  hint: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute' })
  lastReadAt: Date | null;
}

export class CalendarFeedListResponse {
  items: CalendarFeedResponse[];
}

/** A feed with its address, this once. */
export class IssuedCalendarFeedResponse extends CalendarFeedResponse {
  /** Who has it can read the feed, without signing in. */
  url: string;
}
