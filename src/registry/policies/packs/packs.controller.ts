import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/allow.decorator';
import { DEFAULT_POLICY } from '../../../core/policy/default-policy';
import { PolicyRulesResponse } from '../dto/policy.response';

@ApiTags('policies')
@Controller('policies')
export class PacksController {
  /** The pack the product ships with, as data: what a draft may take rules back from. */
  @Get('packs/default')
  @Allow('policies:read')
  defaultPack(): PolicyRulesResponse {
    return DEFAULT_POLICY as PolicyRulesResponse;
  }
}
