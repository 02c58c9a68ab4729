import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { PathId } from '../../platform/http/path-id';
import { ADVICE_EXPORT } from './advice-export';
import { AdviceQueries } from './advice.queries';
import { AdviceService } from './advice.service';
import { AdviceExportQuery, AdviceQuery, AnswerAdviceRequest, AskAdviceRequest } from './dto/advice.request';
import { AdvicePage, AdviceResponse } from './dto/advice.response';

@ApiTags('advice')
@Controller('advice')
export class AdviceController {
  constructor(
    private readonly service: AdviceService,
    private readonly queries: AdviceQueries,
    private readonly exports: ListExport,
  ) {}

  /** What was asked and answered, newest first. */
  @Get()
  @Allow('advice:read')
  list(@CurrentActor() actor: Actor, @Query() query: AdviceQuery): Promise<AdvicePage> {
    return this.queries.list(actor, query);
  }

  /** What the filter shows, as a file. */
  @Get('export')
  @Allow('advice:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: AdviceExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, ADVICE_EXPORT, query, (page) => this.queries.list(actor, page));
  }

  /** Asks the ministry above. */
  @Post()
  @Allow('advice:ask')
  async ask(@CurrentActor() actor: Actor, @Body() body: AskAdviceRequest): Promise<AdviceResponse> {
    return this.queries.get(actor, await this.service.ask(actor, body));
  }

  @Get(':id')
  @Allow('advice:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AdviceResponse> {
    return this.queries.get(actor, id);
  }

  /** Answers for the ministry. */
  @Post(':id/answer')
  @HttpCode(200)
  @Allow('advice:answer')
  async answer(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { answer }: AnswerAdviceRequest,
  ): Promise<AdviceResponse> {
    await this.service.answer(actor, id, answer);
    return this.queries.get(actor, id);
  }

  /** Takes one's own question back. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('advice:ask')
  async withdraw(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AdviceResponse> {
    await this.service.withdraw(actor, id);
    return this.queries.get(actor, id);
  }
}
