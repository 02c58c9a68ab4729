import { Body, Controller, Get, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { DEFAULT_POLICY } from '../../../core/policy/default-policy';
import { ETag } from '../../../platform/http/etag';
import { PathId } from '../../../platform/http/path-id';
import { TakePackRequest } from '../dto/policy.request';
import { PolicyResponse, PolicyRulesResponse } from '../dto/policy.response';
import { PoliciesQueries } from '../policies.queries';
import { PoliciesService } from '../policies.service';
import { readPack, writePack } from './policy-pack';

const YAML = 'text/yaml; charset=utf-8';

/** Policies as files, to be kept, compared and handed on. */
@ApiTags('policies')
@Controller('policies')
export class PacksController {
  constructor(
    private readonly service: PoliciesService,
    private readonly queries: PoliciesQueries,
  ) {}

  /** The pack the product ships with, as data: what a draft may take rules back from. */
  @Get('packs/default')
  @Allow('policies:read')
  defaultPack(): PolicyRulesResponse {
    return DEFAULT_POLICY as PolicyRulesResponse;
  }

  /** Begins a draft with the rules of a pack. */
  @Post('packs')
  @Allow('policies:write')
  @ETag('rowVersion')
  async take(@CurrentActor() actor: Actor, @Body() { organisationId, pack }: TakePackRequest): Promise<PolicyResponse> {
    const rules = readPack(pack);
    return this.queries.get(actor, await this.service.createDraft(actor, organisationId, 'default', { ...rules }));
  }

  /** One version as a pack. */
  @Get(':id/pack')
  @Allow('policies:read')
  @ApiOkResponse({ content: { 'text/yaml': { schema: { type: 'string' } } } })
  async pack(@CurrentActor() actor: Actor, @PathId() id: string): Promise<StreamableFile> {
    const { organisation, version } = await this.queries.get(actor, id);
    const text = writePack(
      await this.queries.rules(actor, id),
      `${organisation.name} (${organisation.code}), ${version}`,
    );
    const name = `policy-${version}.yaml`;
    return new StreamableFile(Buffer.from(text), { type: YAML, disposition: `attachment; filename="${name}"` });
  }
}
