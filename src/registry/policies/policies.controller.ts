import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import {
  AdoptionRequest,
  AdoptPolicyRequest,
  ChangesQuery,
  CreatePolicyRequest,
  ListPoliciesQuery,
  PatchPolicyRequest,
  PolicyPartsRequest,
} from './dto/policy.request';
import {
  PolicyChangesResponse,
  PolicyPage,
  PolicyResponse,
  PolicyRulesResponse,
  PublishedPolicyResponse,
} from './dto/policy.response';
import { PoliciesQueries } from './policies.queries';
import type { PolicyParts } from './drafts';
import { PoliciesService } from './policies.service';

@ApiTags('policies')
@Controller('policies')
export class PoliciesController {
  constructor(
    private readonly service: PoliciesService,
    private readonly queries: PoliciesQueries,
  ) {}

  /** Versions of policies, newest first for each organisation. */
  @Get()
  @Allow('policies:read')
  list(@CurrentActor() actor: Actor, @Query() query: ListPoliciesQuery): Promise<PolicyPage> {
    return this.queries.list(actor, query);
  }

  /** Begins a draft from a pack, from rules of one's own, or from both. */
  @Post()
  @Allow('policies:write')
  @ETag('rowVersion')
  async create(@CurrentActor() actor: Actor, @Body() body: CreatePolicyRequest): Promise<PolicyResponse> {
    const { organisationId, pack = 'default', ...parts } = body;
    return this.queries.get(actor, await this.service.createDraft(actor, organisationId, pack, said(parts)));
  }

  /** Puts the pack the product ships with in force as it is, where no policy is yet. */
  @Post('adopt')
  @Allow('policies:write')
  @ETag('rowVersion')
  async adopt(@CurrentActor() actor: Actor, @Body() { organisationId }: AdoptPolicyRequest): Promise<PolicyResponse> {
    return this.queries.get(actor, await this.service.adopt(actor, organisationId));
  }

  /** One version with what it asks of each tier. */
  @Get(':id')
  @Allow('policies:read')
  @ETag('rowVersion')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<PolicyResponse> {
    return this.queries.get(actor, id);
  }

  /** The rules as data, to begin another draft from. */
  @Get(':id/rules')
  @Allow('policies:read')
  rules(@CurrentActor() actor: Actor, @PathId() id: string): Promise<PolicyRulesResponse> {
    return this.queries.rules(actor, id);
  }

  /** What differs from an earlier version, or from the policy it is to replace. */
  @Get(':id/changes')
  @Allow('policies:read')
  changes(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() { since }: ChangesQuery,
  ): Promise<PolicyChangesResponse> {
    return this.queries.changes(actor, id, since ?? null);
  }

  /** Changes a draft. */
  @Patch(':id')
  @Allow('policies:write')
  @ETag('rowVersion')
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() rowVersion: number,
    @Body() body: PatchPolicyRequest,
  ): Promise<PolicyResponse> {
    await this.service.editDraft(actor, id, rowVersion, said(body));
    return this.queries.get(actor, id);
  }

  /** Throws a draft away. */
  @Delete(':id')
  @HttpCode(204)
  @Allow('policies:write')
  discard(@CurrentActor() actor: Actor, @PathId() id: string, @IfMatch() rowVersion: number): Promise<void> {
    return this.service.discard(actor, id, rowVersion);
  }

  /** Puts a draft in force; never one that the caller has written. What it newly asks for is owed from the day of adoption. */
  @Post(':id/publish')
  @HttpCode(200)
  @Allow('policies:write')
  @ETag('rowVersion')
  async publish(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { effectiveOn }: AdoptionRequest,
  ): Promise<PublishedPolicyResponse> {
    const lax = await this.service.publish(actor, id, effectiveOn);
    const belowFloor = lax.map(({ policyId, organisation, findings }) => ({
      ...{ policyId, organisation, findings: findings.length },
    }));
    return { ...(await this.queries.get(actor, id)), belowFloor };
  }
}

/** The parts that the request names. */
function said({ grace, reviewAfterChange, rules }: PolicyPartsRequest): PolicyParts {
  return Object.fromEntries(
    Object.entries({ grace, reviewAfterChange, rules }).filter(([, part]) => part !== undefined && part !== null),
  );
}
