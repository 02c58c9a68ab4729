import { Controller, Delete, Get, HttpCode } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PathId } from '../../platform/http/path-id';
import type { Actor } from '../actor';
import { SignedIn } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { SessionResponse } from './dto/session.response';
import { OwnSessionsService } from './own-sessions.service';

@ApiTags('session')
@SignedIn()
@Controller('me/sessions')
export class OwnSessionsController {
  constructor(private readonly service: OwnSessionsService) {}

  /** The browsers in which one is signed in. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<SessionResponse[]> {
    return this.service.list(actor);
  }

  /** Ends every session but the one that asks. */
  @Delete()
  @HttpCode(204)
  endOthers(@CurrentActor() actor: Actor): Promise<void> {
    return this.service.endOthers(actor);
  }

  /** Ends one of one's own sessions. */
  @Delete(':id')
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    return this.service.end(actor, id);
  }
}
