import { ApiProperty } from '@nestjs/swagger';

/** An API token without its secret, which nobody can read again. */
export class ApiTokenResponse {
  id: string;

  @ApiProperty({ description: 'The person whom the token acts for' })
  userId: string;

  name: string;

  /** Names of permissions; one that the person no longer has does nothing. */
  scopes: string[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  organisationId: string | null;

  @ApiProperty({ type: String, nullable: true })
  organisationName: string | null;

  @ApiProperty({ type: String, nullable: true })
  organisationNameEn: string | null;

  /** The beginning of the secret. */
  hint: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt: Date;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when the secret before the last rotation is valid too',
  })
  previousUntil: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute' })
  lastUsedAt: Date | null;

  @ApiProperty({ type: String, nullable: true })
  lastUsedAddress: string | null;
}

export class ApiTokenListResponse {
  items: ApiTokenResponse[];
}

/** An API token with its secret, this once. */
export class IssuedApiTokenResponse extends ApiTokenResponse {
  /** For the header `Authorization: Bearer …`. */
  secret: string;
}
