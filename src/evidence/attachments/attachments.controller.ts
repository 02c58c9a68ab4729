import { Controller, Get, Header, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ATTACHMENT_MEDIA_TYPES, MOST_ATTACHMENT_BYTES } from '../../core/attachment/attachment-type';
import { PathId } from '../../platform/http/path-id';
import { readUpload } from '../../platform/http/upload/upload';
import { AttachmentResponse } from './attachment.response';
import { AttachmentsService } from './attachments.service';

const FILE = { type: 'string', format: 'binary' } as const;

@ApiTags('evidence')
@Controller()
export class AttachmentsController {
  constructor(private readonly service: AttachmentsService) {}

  /** The files beside a restore test. */
  @Get('restore-tests/:id/attachments')
  @Allow('systems:read')
  ofTest(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AttachmentResponse[]> {
    return this.service.ofTest(actor, id);
  }

  /** Keeps a file beside a restore test: PDF, PNG, JPEG, text, CSV, JSON or XLSX of at most 5 MiB, five at most. */
  @Post('restore-tests/:id/attachments')
  @Allow('backup-evidence:write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: FILE } } })
  async add(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Req() request: FastifyRequest,
  ): Promise<AttachmentResponse> {
    const { content: _, ...file } = await this.service.get(
      actor,
      await this.service.add(actor, id, await readUpload(request, MOST_ATTACHMENT_BYTES)),
    );
    return file;
  }

  /** The content of a file beside a restore test, to be saved. */
  @Get('attachments/:id')
  @Allow('systems:read')
  @Header('content-security-policy', "sandbox; default-src 'none'")
  @ApiOkResponse({ content: Object.fromEntries(ATTACHMENT_MEDIA_TYPES.map((type) => [type, { schema: FILE }])) })
  async content(@CurrentActor() actor: Actor, @PathId() id: string): Promise<StreamableFile> {
    const { content, fileName, mediaType } = await this.service.get(actor, id);
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, percent)}`;
    return new StreamableFile(content, { type: mediaType, disposition, length: content.length });
  }
}

const percent = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
