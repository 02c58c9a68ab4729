import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsObject, IsOptional, IsString, IsUUID } from 'class-validator';
import { CursorQuery } from '../../../platform/http/cursor';
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
