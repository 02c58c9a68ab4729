import { applyDecorators, Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { PathId } from '../../platform/http/path-id';
import { PackQuery } from './dto/pack.request';
import { type PackAsked, PackMaker } from './making/pack-maker';

const TYPE = 'application/zip';

/** An audit pack is made while it is sent; `cli verify-pack` checks it without the service. */
const Packed = (): MethodDecorator =>
  applyDecorators(
    ApiOkResponse({ description: 'The pack', content: { [TYPE]: { schema: { type: 'string', format: 'binary' } } } }),
  );

@ApiTags('audit')
@Controller()
export class PacksController {
  constructor(private readonly packs: PackMaker) {}

  /** All about one system as one zip. */
  @Get('systems/:id/audit-pack')
  @Allow('audit:read')
  @Packed()
  ofSystem(@CurrentActor() actor: Actor, @PathId() id: string, @Query() query: PackQuery): Promise<StreamableFile> {
    return this.send(actor, { systemId: id, ...query });
  }

  /** All about an organisation and everything below it as one zip. */
  @Get('organisations/:id/audit-pack')
  @Allow('audit:read')
  @Packed()
  ofOrganisation(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: PackQuery,
  ): Promise<StreamableFile> {
    return this.send(actor, { organisationId: id, ...query });
  }

  private async send(actor: Actor, asked: PackAsked): Promise<StreamableFile> {
    const { stream, fileName } = await this.packs.make(actor, asked);
    return new StreamableFile(stream, { type: TYPE, disposition: `attachment; filename="${fileName}"` });
  }
}
