import { Inject, Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { issueMailLinks } from '../../access/mail-links/issue-mail-links';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { publicAddress } from '../../platform/config/public-address';
import { MAIL_TRANSPORT, MailTransport } from '../../platform/mail/mail-transport';
import type { Calendar } from '../../platform/messages/format';
import type { Locale } from '../../platform/messages/messages';
import { bookingsOf } from '../../obligations/notices/booked-drills';
import { ComposedMail, composeDigest } from './digest/compose-digest';
import { type DigestItem, distinctObligations, isStillOpen, loadDigestItems } from './digest/digest-items';
import { loadNotices, settleNotices } from './digest/digest-notices';
import { LEASE_MS, retryAt } from './retry-times';

interface Leased {
  id: string;
  recipientId: string;
  attempts: number;
  digestOn: string;
  email: string;
  displayName: string;
  locale: Locale;
  timeZone: string;
  calendar: Calendar;
  active: boolean;
  /** Whether it tells of anything but obligations. */
  hasNotices: boolean;
}

/** What was told is told with the mail, all in one statement: a storm has thousands of mails. */
const CLOSE = `
  WITH reminders AS (UPDATE reminder SET status = 'SENT', sent_at = $3 WHERE mail_id = $1 AND status = 'PENDING'),
    notices AS (UPDATE notice SET status = 'SENT' WHERE mail_id = $1 AND status = 'PENDING')
  UPDATE mail SET status = $2, sent_at = $3, leased_until = NULL, error = NULL WHERE id = $1`;

/** Sends one digest. PostgreSQL owns who sends it and when it is tried again; the job only says that it is time. */
@Injectable()
export class MailDelivery {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly titles: RuleTitles,
    @Inject(MAIL_TRANSPORT) private readonly transport: MailTransport | null,
  ) {}

  /** The ids of mails that wait to be sent now. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM mail WHERE status IN ('QUEUED','SENDING') AND (leased_until IS NULL OR leased_until <= $1)
       ORDER BY id LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Composes and sends a digest, unless another worker has it. What evidence has cleared in the meantime is cancelled, and everything when the
   * recipient has left; when nothing is left, so is the mail. A crash between sending and noting it is answered by the stable message id.
   */
  async deliver(mailId: string): Promise<void> {
    const leased = await this.lease(mailId);
    if (!leased) return;
    const composed = await this.dataSource.transaction((m) => this.compose(m, leased));
    if (!composed) return;
    const sentAt = await this.send(leased, composed).catch((error: Error) => this.postpone(leased, error));
    if (sentAt) await this.dataSource.query(CLOSE, [leased.id, this.transport ? 'SENT' : 'KEPT', sentAt]);
  }

  private async lease(mailId: string): Promise<Leased | null> {
    const now = this.clock.now();
    const [rows] = await this.dataSource.query<[Leased[], number]>(
      `UPDATE mail SET status = 'SENDING', leased_until = $2, attempts = attempts + 1, to_address = u.email
       FROM app_user u
       WHERE mail.id = $1 AND u.id = mail.recipient_id AND mail.status IN ('QUEUED','SENDING')
         AND (mail.leased_until IS NULL OR mail.leased_until <= $3)
       RETURNING mail.id, mail.recipient_id AS "recipientId", mail.attempts, mail.digest_on::text AS "digestOn", u.email, u.display_name AS "displayName", u.locale,
         u.time_zone AS "timeZone", u.calendar, u.active,
         EXISTS (SELECT FROM notice WHERE notice.mail_id = mail.id AND notice.status = 'PENDING') AS "hasNotices"`,
      [mailId, new Date(now.getTime() + LEASE_MS), now],
    );
    return rows[0] ?? null;
  }

  private async compose(m: EntityManager, mail: Leased): Promise<ComposedMail | null> {
    const items = await loadDigestItems(m, mail.id);
    const isOpen = (item: DigestItem): boolean => mail.active && isStillOpen(item);
    const open = items.filter(isOpen);
    const dropped = items.filter((item) => !isOpen(item)).map(({ reminderId }) => reminderId);
    if (dropped.length > 0)
      await m.query(`UPDATE reminder SET status = 'CANCELLED', outcome = $2 WHERE id = ANY($1::uuid[])`, [
        dropped,
        mail.active ? 'CLEARED' : 'RECIPIENT_LEFT',
      ]);
    const shown = distinctObligations(open);
    const notices = mail.active && mail.hasNotices ? await loadNotices(m, mail.id) : [];
    if (shown.length + notices.length === 0) {
      await m.query(`UPDATE mail SET status = 'CANCELLED', leased_until = NULL WHERE id = $1`, [mail.id]);
      await settleNotices(m, mail.id, 'CANCELLED');
      return null;
    }
    await this.titles.load(
      shown.map(({ policyId }) => policyId),
      m,
    );
    const context = {
      recipientName: mail.displayName,
      locale: mail.locale,
      timeZone: mail.timeZone,
      calendar: mail.calendar,
      today: mail.digestOn,
      publicUrl: publicAddress(this.config),
      bookings: await bookingsOf(m, shown, this.titles, this.config.TZ_DEFAULT),
      ruleTitle: ({ policyId, ruleKey }: Pick<DigestItem, 'policyId' | 'ruleKey'>) =>
        this.titles.title(policyId, ruleKey, mail.locale),
    };
    // What is kept for the outbox opens nothing without a sign-in.
    const digest = composeDigest(shown, notices, context);
    const composed = digest(new Map());
    await m.query('UPDATE mail SET subject = $2, text = $3, html = $4, item_count = $5 WHERE id = $1', [
      mail.id,
      composed.subject,
      composed.text,
      composed.html,
      shown.length + notices.length,
    ]);
    if (!this.transport) return composed;
    const secrets = await issueMailLinks(m, mail.recipientId, shown, this.clock.now());
    return secrets.size > 0 ? digest(secrets) : composed;
  }

  private async send(mail: Leased, composed: ComposedMail): Promise<Date> {
    await this.transport?.send({
      messageId: `<${mail.id}@sonae>`,
      to: { name: mail.displayName, address: mail.email },
      ...composed,
    });
    return this.clock.now();
  }

  private async postpone(mail: Leased, error: Error): Promise<null> {
    const again = retryAt(this.clock.now(), mail.attempts);
    const reason = error.message.slice(0, 500);
    await this.dataSource.transaction(async (m) => {
      await m.query(`UPDATE mail SET status = $2, leased_until = $3, error = $4 WHERE id = $1`, [
        mail.id,
        again ? 'QUEUED' : 'FAILED',
        again,
        reason,
      ]);
      if (again) return;
      await m.query(`UPDATE reminder SET status = 'FAILED', outcome = $2 WHERE mail_id = $1 AND status = 'PENDING'`, [
        mail.id,
        reason,
      ]);
      await settleNotices(m, mail.id, 'FAILED');
    });
    return null;
  }
}
