import { PersonRef } from '../../access/references/refs.response';

/** A file beside a restore test, without its content. */
export class AttachmentResponse {
  id: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  addedBy: PersonRef;
  addedAt: Date;
}
