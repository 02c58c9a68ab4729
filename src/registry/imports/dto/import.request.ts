import { IsBoolean, IsString, IsUUID, MaxLength } from 'class-validator';
import { BooleanText, MayBeAbsent } from '../../../platform/http/validators';
import { ImportMapping } from './import-mapping.request';
import { IsPart } from './mapping-rules';

/** The fields beside the file, `mapping` already read as JSON. */
export class StartImportRequest {
  /** May be absent when a profile brings one. */
  @MayBeAbsent()
  @IsPart(() => ImportMapping)
  mapping?: ImportMapping;

  /** Check and compare everything, and write nothing. */
  @MayBeAbsent()
  @BooleanText()
  @IsBoolean()
  dryRun?: boolean;

  /** The profile whose mapping is used when there is none here. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  profileId?: string;

  /** The organisation the register is of, where the profile does not say. */
  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;
}
