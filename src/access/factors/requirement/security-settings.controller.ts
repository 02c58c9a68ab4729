import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ETag, IfMatch } from '../../../platform/http/etag';
import type { Actor } from '../../actor';
import { Allow, InPerson } from '../../allow.decorator';
import { CurrentActor } from '../../current-actor.decorator';
import { SecuritySettingsRequest, SecuritySettingsResponse } from './dto/security-settings.dto';
import { SecuritySettingsService } from './security-settings.service';

@ApiTags('users')
@Controller('security-settings')
export class SecuritySettingsController {
  constructor(private readonly service: SecuritySettingsService) {}

  /** What the installation asks of everybody who signs in. */
  @Get()
  @Allow('security:read')
  @ETag()
  read(): Promise<SecuritySettingsResponse> {
    return this.service.read();
  }

  /** Says which roles nobody uses without a second factor. */
  @Put()
  @Allow('security:write')
  @InPerson()
  @ETag()
  async change(
    @CurrentActor() actor: Actor,
    @IfMatch() version: number,
    @Body() { secondFactorRoles }: SecuritySettingsRequest,
  ): Promise<SecuritySettingsResponse> {
    await this.service.change(actor, version, secondFactorRoles);
    return this.service.read();
  }
}
