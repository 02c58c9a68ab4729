import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class OidcStartQuery {
  /** The page of Sonae to go to afterwards, `/…`; the first page when absent. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  return?: string;
}

/** OpenID Connect Back-Channel Logout 1.0: sent as a form. */
export class BackchannelLogoutRequest {
  @IsString()
  @MaxLength(20_000)
  logout_token: string;
}

export class OidcLogoutResponse {
  /** Where to go to sign out at the provider too. */
  @ApiProperty({ type: String, nullable: true })
  redirectUrl: string | null;
}
