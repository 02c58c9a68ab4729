import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { TIERS, type Tier } from '../../../core/importance/tier';
import { MayBeAbsent } from '../../../platform/http/validators';
import { ORGANISATION_KINDS, type OrganisationKind } from '../../organisations/organisation.entity';
import { HOSTINGS, type Hosting, type Lifecycle, LIFECYCLES } from '../../systems/system.entity';
import {
  IfConstant,
  IsCode,
  IsCodeByValue,
  IsColumnName,
  IsColumnUnlessConstant,
  IsPart,
  IsPartOrColumn,
} from './mapping-rules';

export const ENCODING_CHOICES = ['auto', 'utf-8', 'utf-16', 'cp932', 'windows-1252'] as const;
export const DELIMITER_CHOICES = ['auto', ',', ';', '\t'] as const;
export const OWNER_PATTERNS = ['NAME_AND_EMAIL', 'EMAIL', 'NAME'] as const;

const THREE_CLASSES = [1, 2, 3];
const TWO_CLASSES = [1, 2];
const FLAGS = [true, false];

/** A text out of a column, or a constant. May be given as the name of the column alone. */
export class TextSource {
  @IsColumnUnlessConstant()
  column?: string;

  /** Cells are always trimmed; saying so is allowed. */
  @MayBeAbsent()
  @IsIn(['trim'])
  transform?: 'trim';

  @IfConstant()
  @IsString()
  @MaxLength(10_000)
  value?: string;
}

/** A text that each row has to say for itself. */
export class ColumnSource {
  @IsColumnName()
  column: string;

  @MayBeAbsent()
  @IsIn(['trim'])
  transform?: 'trim';
}

export class TierSource {
  @IsColumnUnlessConstant()
  column?: string;

  @IsCodeByValue(TIERS)
  values?: Record<string, Tier>;

  @IfConstant()
  @IsCode(TIERS)
  value?: Tier;
}

export class LifecycleSource {
  @IsColumnUnlessConstant()
  column?: string;

  @IsCodeByValue(LIFECYCLES)
  values?: Record<string, Lifecycle>;

  @IfConstant()
  @IsCode(LIFECYCLES)
  value?: Lifecycle;
}

export class HostingSource {
  @IsColumnUnlessConstant()
  column?: string;

  @IsCodeByValue(HOSTINGS)
  values?: Record<string, Hosting>;

  @IfConstant()
  @IsCode(HOSTINGS)
  value?: Hosting;
}

export class ConfidentialitySource {
  @IsColumnUnlessConstant()
  column?: string;

  @IsCodeByValue(THREE_CLASSES)
  values?: Record<string, number>;

  @IfConstant()
  @IsCode(THREE_CLASSES)
  value?: number;
}

/** Integrity and availability have two classes. */
export class TwoClassSource {
  @IsColumnUnlessConstant()
  column?: string;

  @IsCodeByValue(TWO_CLASSES)
  values?: Record<string, number>;

  @IfConstant()
  @IsCode(TWO_CLASSES)
  value?: number;
}

export class FlagSource {
  @IsColumnUnlessConstant()
  column?: string;

  @IsCodeByValue(FLAGS)
  values?: Record<string, boolean>;

  @IfConstant()
  @IsCode(FLAGS)
  value?: boolean;
}

/** Columns that hold text or durations. */
@ApiExtraModels(ColumnSource, TextSource)
export class ImportColumns {
  @IsPartOrColumn(() => ColumnSource)
  code: string | ColumnSource;

  @IsPartOrColumn(() => TextSource)
  name: string | TextSource;

  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  nameEn?: string | TextSource;

  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  supplier?: string | TextSource;

  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  note?: string | TextSource;

  /** Names of places, separated by commas, semicolons or 、. */
  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  sites?: string | TextSource;

  /** `PT4H`, and also `4h`, `4時間`, `30分`, `2日`. */
  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  rto?: string | TextSource;

  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  rpo?: string | TextSource;

  @MayBeAbsent()
  @IsPartOrColumn(() => TextSource)
  mtd?: string | TextSource;
}

/** Which columns name, from the top down, the organisation below the root that a system belongs to. */
export class OrganisationSource {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @IsString({ each: true })
  columns: string[];

  /** Whether an organisation that is not there yet is made; otherwise its rows are rejected. */
  @IsBoolean()
  create: boolean;

  /** What a blank cell in the middle means: the path ends there (absent, false), or goes on below the level before it. */
  @MayBeAbsent()
  @IsBoolean()
  skipBlank?: boolean;

  /** Kind of the organisations made for each column; by default bureaus below a ministry or agency, and divisions below those. */
  @MayBeAbsent()
  @ApiProperty({ enum: ORGANISATION_KINDS, isArray: true })
  @IsIn(ORGANISATION_KINDS, { each: true })
  kinds?: OrganisationKind[];
}

export class OwnerSource {
  @IsColumnName()
  column: string;

  /** What the column holds: `Team: address`, an address alone, or the name of somebody who is already known. */
  @MayBeAbsent()
  @IsIn(OWNER_PATTERNS)
  @ApiProperty({ enum: OWNER_PATTERNS, required: false, default: 'NAME_AND_EMAIL' })
  pattern?: (typeof OWNER_PATTERNS)[number];
}

/** How to open the file, where it does not say so itself. */
export class ImportFileOptions {
  @MayBeAbsent()
  @IsIn(ENCODING_CHOICES)
  encoding?: (typeof ENCODING_CHOICES)[number];

  @MayBeAbsent()
  @IsIn(DELIMITER_CHOICES)
  delimiter?: (typeof DELIMITER_CHOICES)[number];

  /** Name of the sheet of a workbook; by default the first visible one. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  sheet?: string;
}

/**
 * How the columns of a register become systems. What is not mapped is never touched; a raw value that is not mapped is never defaulted: its row
 * is rejected. Raw values compare after trimming, NFKC and case folding; the key `''` stands for a blank cell. A constant (`value`) is what new
 * systems begin with: the file says nothing about it, so what people have decided since then stays.
 */
export class ImportMapping {
  /** The organisation that the register is of. */
  @IsUUID()
  organisationId: string;

  @MayBeAbsent()
  @IsPart(() => OrganisationSource)
  organisation?: OrganisationSource;

  @IsPart(() => ImportColumns)
  columns: ImportColumns;

  @IsPart(() => TierSource)
  tier: TierSource;

  @MayBeAbsent()
  @IsPart(() => LifecycleSource)
  lifecycle?: LifecycleSource;

  @MayBeAbsent()
  @IsPart(() => HostingSource)
  hosting?: HostingSource;

  @MayBeAbsent()
  @IsPart(() => ConfidentialitySource)
  confidentiality?: ConfidentialitySource;

  @MayBeAbsent()
  @IsPart(() => TwoClassSource)
  integrity?: TwoClassSource;

  @MayBeAbsent()
  @IsPart(() => TwoClassSource)
  availability?: TwoClassSource;

  @MayBeAbsent()
  @IsPart(() => FlagSource)
  publicFacing?: FlagSource;

  @MayBeAbsent()
  @IsPart(() => FlagSource)
  outsourced?: FlagSource;

  @MayBeAbsent()
  @IsPart(() => OwnerSource)
  owner?: OwnerSource;

  @MayBeAbsent()
  @IsPart(() => ImportFileOptions)
  file?: ImportFileOptions;
}

/** A mapping before it is known which organisation the register is of. */
export type ImportMappingTemplate = Omit<ImportMapping, 'organisationId'>;
