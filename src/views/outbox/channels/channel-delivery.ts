import { Inject, Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { RuleTitles } from '../../../obligations/rule-titles';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { publicAddress } from '../../../platform/config/public-address';
import { MAIL_TRANSPORT, MailTransport } from '../../../platform/mail/mail-transport';
import { formatDate } from '../../../platform/messages/format';
import { message } from '../../../platform/messages/messages';
import { OutwardPost } from '../../../platform/outward/outward-post';
import { bookingsOf } from '../../../obligations/notices/booked-drills';
import { lineOf } from '../digest/compose-digest';
import { LEASE_MS, retryAt } from '../retry-times';
import { loadChannelItems } from './channel-items';
import type { Channel } from './channel.entity';
import { failureOf } from './failure';
import type { Told } from './kinds/channel-kind';
import { channelKind } from './kinds/channel-kinds';

type Addressed = Pick<Channel, 'name' | 'kind' | 'address' | 'locale' | 'secret' | 'previousSecret' | 'previousUntil'>;
interface Leased extends Addressed {
  id: string;
  channelId: string;
  organisationName: string;
  organisationNameEn: string | null;
  toldOn: string;
  attempts: number;
  endedAt: Date | null;
}

/** Sends one message of a channel. PostgreSQL owns who sends it and when it is tried again, as with mails (docs/adr/0012). */
@Injectable()
export class ChannelDelivery {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly titles: RuleTitles,
    private readonly post: OutwardPost,
    @Inject(MAIL_TRANSPORT) private readonly mail: MailTransport | null,
  ) {}

  /** The ids of messages that wait to be sent now, those that failed least before those that fail again and again. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM channel_message WHERE status IN ('QUEUED','SENDING') AND (leased_until IS NULL OR leased_until <= $1)
       ORDER BY attempts, id LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Composes and sends a message, unless another worker has it. When nothing is left to be told, or the channel has ended, it is cancelled. */
  async deliver(messageId: string): Promise<void> {
    const leased = await this.lease(messageId);
    if (!leased) return;
    const told = leased.endedAt ? null : await this.dataSource.transaction((m) => this.compose(m, leased));
    if (!told) return this.close(leased.id, 'CANCELLED', { sentAt: null, error: null, again: null });
    try {
      await this.send(leased, told);
    } catch (error) {
      const again = retryAt(this.clock.now(), leased.attempts);
      const reason = failureOf(error as Error);
      return this.close(leased.id, again ? 'QUEUED' : 'FAILED', { sentAt: null, error: reason, again });
    }
    await this.close(leased.id, 'SENT', { sentAt: this.clock.now(), error: null, again: null });
  }

  /** Sends what says that it is a test. Resolves with what was answered. @throws Error when it has not been taken. */
  async test(channel: Addressed, id: string, toldOn: string): Promise<string> {
    const { locale, name } = channel;
    const [title, text] = ['title', 'text'].map((part) => message(locale, `channel.test.${part}`, { name }));
    return this.send(channel, {
      ...{ id, type: 'test', locale, toldOn, lines: [], more: null, url: publicAddress(this.config) },
      ...{ title: title ?? '', text: text ?? '' },
    });
  }

  private async lease(messageId: string): Promise<Leased | null> {
    const now = this.clock.now();
    const [rows] = await this.dataSource.query<[Leased[], number]>(
      `UPDATE channel_message msg SET status = 'SENDING', leased_until = $2, attempts = attempts + 1
       FROM channel c JOIN organisation org ON org.id = c.organisation_id
       WHERE msg.id = $1 AND c.id = msg.channel_id AND msg.status IN ('QUEUED','SENDING')
         AND (msg.leased_until IS NULL OR msg.leased_until <= $3)
       RETURNING msg.id, msg.channel_id AS "channelId", msg.told_on::text AS "toldOn", msg.attempts, c.name, c.kind, c.address, c.locale,
         c.secret, c.previous_secret AS "previousSecret", c.previous_until AS "previousUntil", c.ended_at AS "endedAt",
         org.name AS "organisationName", org.name_en AS "organisationNameEn"`,
      [messageId, new Date(now.getTime() + LEASE_MS), now],
    );
    return rows[0] ?? null;
  }

  private async compose(m: EntityManager, leased: Leased): Promise<Told | null> {
    const { id, channelId, toldOn, locale, organisationName, organisationNameEn } = leased;
    const { shown, count } = await loadChannelItems(m, channelId, toldOn);
    if (count === 0) return null;
    await this.titles.load(
      shown.map(({ policyId }) => policyId),
      m,
    );
    const context = {
      ...{ locale, timeZone: this.config.TZ_DEFAULT, calendar: 'GREGORIAN' as const, today: toldOn },
      publicUrl: publicAddress(this.config),
      bookings: await bookingsOf(m, shown, this.titles, this.config.TZ_DEFAULT),
      ruleTitle: ({ policyId, ruleKey }: { policyId: string | null; ruleKey: string }) =>
        this.titles.title(policyId, ruleKey, locale),
    };
    const name = (locale === 'en' && organisationNameEn) || organisationName;
    const title = message(locale, 'channel.title', { name, count });
    const lines = shown.map((item) => {
      const { when, title: rule, system, reason, url } = lineOf(item, context);
      return {
        id: item.obligationId,
        state: item.state,
        dueOn: item.dueOn,
        when,
        title: rule,
        where: system,
        reason,
        url,
      };
    });
    await m.query('UPDATE channel_message SET title = $2, item_count = $3 WHERE id = $1', [id, title, count]);
    return {
      ...{ id, type: 'digest', locale, toldOn, title, lines, url: `${publicAddress(this.config)}/obligations` },
      text: message(locale, 'channel.opening', { name, count, today: formatDate(locale, toldOn) }),
      more: count > lines.length ? message(locale, 'channel.more', { count: count - lines.length }) : null,
    };
  }

  private send({ kind, name, address, ...keys }: Addressed, told: Told): Promise<string> {
    const now = this.clock.now();
    const previous = keys.previousUntil && keys.previousUntil > now ? keys.previousSecret : null;
    const secrets = [keys.secret, previous].filter((secret) => secret !== null);
    return channelKind(kind).send(told, { name, address, secrets }, { post: this.post, mail: this.mail, now });
  }

  private async close(
    id: string,
    status: string,
    { sentAt, error, again }: { sentAt: Date | null; error: string | null; again: Date | null },
  ): Promise<void> {
    await this.dataSource.query(
      'UPDATE channel_message SET status = $2, sent_at = $3, error = $4, leased_until = $5 WHERE id = $1',
      [id, status, sentAt, error, again],
    );
  }
}
