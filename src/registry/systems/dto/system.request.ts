import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { IsDurationMinutes, IsLongText, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';
import { type Hosting, HOSTINGS } from '../system.entity';

/** A system is retired by its own call, with a reason. */
const OPEN_LIFECYCLES = ['PLANNED', 'OPERATING'] as const;

export class CreateSystemRequest {
  /** Code in the ledger of information systems, unique within the organisation. */
  @IsPlainText(100)
  code: string;

  @IsPlainText(300)
  name: string;

  @IsOptional()
  @IsPlainText(300)
  @ApiProperty({ type: String, nullable: true, required: false })
  nameEn?: string | null;

  @IsUUID()
  organisationId: string;

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  ownerId?: string | null;

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  deputyId?: string | null;

  @IsIn(TIERS)
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  @MayBeAbsent()
  @IsIn(OPEN_LIFECYCLES)
  @ApiProperty({ enum: OPEN_LIFECYCLES, required: false, default: 'OPERATING' })
  lifecycle?: (typeof OPEN_LIFECYCLES)[number];

  /** 機密性, 3 the highest. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(3)
  confidentiality?: number;

  /** 完全性, 2 the higher. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(2)
  integrity?: number;

  /** 可用性, 2 the higher. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(2)
  availability?: number;

  @MayBeAbsent()
  @IsBoolean()
  publicFacing?: boolean;

  @MayBeAbsent()
  @IsBoolean()
  outsourced?: boolean;

  @MayBeAbsent()
  @IsIn(HOSTINGS)
  @ApiProperty({ enum: HOSTINGS, required: false, default: 'ON_PREMISES' })
  hosting?: Hosting;

  /** Names of the places it runs at. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(200, { each: true })
  sites?: string[];

  @IsOptional()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  supplier?: string | null;

  /** Recovery time objective. */
  @IsOptional()
  @IsDurationMinutes()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  rto?: string | null;

  /** Recovery point objective. */
  @IsOptional()
  @IsDurationMinutes()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  rpo?: string | null;

  /** Maximum tolerable downtime; not shorter than the recovery time objective. */
  @IsOptional()
  @IsDurationMinutes()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  mtd?: string | null;

  @IsOptional()
  @IsLongText(10_000)
  @ApiProperty({ type: String, nullable: true, required: false })
  note?: string | null;
}

/** What is absent stays as it is; null clears. */
export class PatchSystemRequest extends PartialType(CreateSystemRequest, { skipNullProperties: false }) {}

export class RetireSystemRequest {
  @IsPlainText(1000)
  reason: string;
}
