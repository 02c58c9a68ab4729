import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { CursorQuery } from '../../../platform/http/cursor';
import { IsCivilDate } from '../../../platform/http/validators';
import { MOST_PACK_CHARACTERS } from '../packs/policy-pack';
import { POLICY_STATUSES, type PolicyStatus } from '../policy.entity';

/** Where a draft may begin: the pack the product ships with, or the policy now in force for the organisation. */
export const PACKS = ['default', 'in-force'] as const;
export type Pack = (typeof PACKS)[number];

/** The parts of a policy; what is absent is taken from the pack (or stays, in an edit). Their shape is checked by `checkPolicyShape`. */
export class PolicyPartsRequest {
  /** How long a newly owed duty has, per tier: `{"HIGH":"P30D","MODERATE":"P60D","LOW":"P90D"}`. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string', format: 'duration' } })
  grace?: Record<string, unknown>;

  /** How long an approved review stands after a change of the system. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: String, format: 'duration', required: false })
  reviewAfterChange?: string;

  /** As `GET /policies/:id/rules` gives them. */
  @IsOptional()
  @IsArray()
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, required: false })
  rules?: unknown[];
}

export class CreatePolicyRequest extends PolicyPartsRequest {
  @IsUUID()
  organisationId: string;

  @IsOptional()
  @IsIn(PACKS)
  @ApiProperty({ enum: PACKS, required: false, default: 'default' })
  pack?: Pack;
}

export class AdoptPolicyRequest {
  @IsUUID()
  organisationId: string;
}

export class AdoptionRequest {
  /** The day from which the draft's new duties are owed: today when absent, never a day that has gone by. */
  @IsOptional()
  @IsCivilDate()
  @ApiProperty({ type: String, format: 'date', nullable: true, required: false })
  effectiveOn?: string | null;
}

export class TakePackRequest {
  @IsUUID()
  organisationId: string;

  /** The pack as YAML. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(MOST_PACK_CHARACTERS)
  pack: string;
}

export class ChangesQuery {
  /** The number of an earlier version of the same organisation. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000, required: false })
  since?: number;
}

export class PatchPolicyRequest extends PolicyPartsRequest {}

export class ListPoliciesQuery extends CursorQuery {
  /** Policies of this organisation. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;

  /** Only the policy in force for this organisation: its own, or the nearest above it. */
  @IsOptional()
  @IsUUID()
  inForceFor?: string;

  @IsOptional()
  @IsIn(POLICY_STATUSES)
  @ApiProperty({ enum: POLICY_STATUSES, required: false })
  status?: PolicyStatus;
}
