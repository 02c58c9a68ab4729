import { Type } from 'class-transformer';
import { IsString, MaxLength, ValidateNested } from 'class-validator';
import { AffectedObligation } from '../../../obligations/dto/affected.response';
import { RecordEvidenceRequest } from './evidence.request';

export class MailLinkEvidenceRequest {
  /** The fragment of the link, as it stood in the mail. */
  @IsString()
  @MaxLength(200)
  secret: string;

  @ValidateNested()
  @Type(() => RecordEvidenceRequest)
  proof: RecordEvidenceRequest;
}

/** What the proof turned, of the one obligation that the link is about. */
export class MailLinkEvidenceResponse {
  affected: AffectedObligation[];
}
