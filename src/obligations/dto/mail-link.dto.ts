import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { LOCALES, type Locale } from '../../platform/messages/messages';
import { ObligationResponse } from './obligation.response';

export class OpenMailLinkRequest {
  /** The fragment of the link, as it stood in the mail. */
  @IsString()
  @MaxLength(200)
  secret: string;
}

/** The one obligation that a link opens, in the language of the person it was sent to. */
export class MailLinkResponse {
  @ApiProperty({ enum: LOCALES })
  locale: Locale;

  obligation: ObligationResponse;
}
