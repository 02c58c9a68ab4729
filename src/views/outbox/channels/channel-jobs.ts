import { Injectable } from '@nestjs/common';
import { Heartbeats } from '../../../platform/health/heartbeats';
import type { JobHandler, JobName } from '../../../platform/queue/job';
import { JobQueue } from '../../../platform/queue/job-queue';
import { ChannelDelivery } from './channel-delivery';
import { ChannelFormer } from './channel-former';

const DELIVERIES_PER_SWEEP = 500;

/** Every few seconds: what channels are to be told becomes messages, and each message that waits a job of its own, so that none waits for another. */
@Injectable()
export class ChannelsHandler implements JobHandler {
  readonly job: JobName = 'reminders.channels';

  constructor(
    private readonly former: ChannelFormer,
    private readonly delivery: ChannelDelivery,
    private readonly jobs: JobQueue,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('channels', () => this.run());
  }

  private async run(): Promise<void> {
    await this.former.run();
    for (const messageId of await this.delivery.due(DELIVERIES_PER_SWEEP))
      await this.jobs.add('channels.message', { messageId }, `channel-message-${messageId}`);
  }
}

@Injectable()
export class ChannelMessageHandler implements JobHandler<{ messageId: string }> {
  readonly job: JobName = 'channels.message';

  constructor(private readonly delivery: ChannelDelivery) {}

  async handle({ messageId }: { messageId: string }): Promise<void> {
    await this.delivery.deliver(messageId);
  }
}
