import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { IsPlainText } from '../../../../platform/http/validators';
import { FirstFactorResponse, PasskeyResponse } from '../../dto/factors.dto';

/** Options for the browser, which is the one that reads them; WebAuthn says what they hold. */
export const WEB_AUTHN_OPTIONS = { schema: { type: 'object', additionalProperties: true } } as const;

export class PasskeyProofRequest {
  /** What `navigator.credentials.get` gave, as JSON. */
  @IsObject()
  @ApiProperty({ type: 'object', additionalProperties: true })
  credential: Record<string, unknown>;
}

export class PasskeyCreateRequest {
  /** By which the person tells it from their others. */
  @IsPlainText(100)
  name: string;

  /** What `navigator.credentials.create` gave, as JSON. */
  @IsObject()
  @ApiProperty({ type: 'object', additionalProperties: true })
  credential: Record<string, unknown>;
}

export class NewPasskeyResponse extends FirstFactorResponse {
  passkey: PasskeyResponse;
}
