import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { HealthController } from '../../health/health.controller';
import { HealthService } from '../../health/health.service';
import { Metrics } from '../../health/metrics';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor';
import { ProblemFilter } from '../problem.filter';
import { RateLimitGuard } from '../rate-limit/rate-limit.guard';
import { RateLimits } from '../rate-limit/rate-limits';
import { KnownInputGuard, validationPipe } from '../validation';

/** What holds for every route. Imported after the features, so that who may not ask is refused before what they ask is looked at. */
@Module({
  controllers: [HealthController],
  providers: [
    HealthService,
    Metrics,
    { provide: APP_FILTER, useClass: ProblemFilter },
    RateLimits,
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: KnownInputGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
})
export class HttpModule {}
