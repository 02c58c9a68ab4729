import { IsPlainText } from '../../../platform/http/validators';
import { ImportMapping } from './import-mapping.request';
import { IsPart } from './mapping-rules';

export class CreateImportProfileRequest {
  /** Unique within the organisation of the mapping. */
  @IsPlainText(100)
  name: string;

  @IsPart(() => ImportMapping)
  mapping: ImportMapping;
}
