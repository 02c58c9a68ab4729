import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONTRIBUTES_ONLY, issueMailLinks } from '../../access/mail-links/issue-mail-links';
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
  /** Whether its recipient proves by links. */
  hasLinks: boolean;
}

/** A mail as it is sent, and as it is kept for the outbox: that one opens nothing without a sign-in. */
interface Written {
  sent: ComposedMail;
  kept: ComposedMail;
  items: number;
}

const KEEP = 'subject = $2, text = $3, html = $4, item_count = $5';

/** What was told is told with the mail, all in one statement: a storm has thousands of mails. */
const CLOSE = `
  WITH reminders AS (UPDATE reminder SET status = 'SENT', sent_at = $7 WHERE mail_id = $1 AND status = 'PENDING'),
    notices AS (UPDATE notice SET status = 'SENT' WHERE mail_id = $1 AND status = 'PENDING')
  UPDATE mail SET ${KEEP}, status = $6, sent_at = $7, leased_until = NULL, error = NULL WHERE id = $1`;

const CANCEL = `
  WITH notices AS (UPDATE notice SET status = 'CANCELLED' WHERE mail_id = $1 AND status = 'PENDING')
  UPDATE mail SET status = 'CANCELLED', leased_until = NULL WHERE id = $1`;

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
    const written = await this.write(leased);
    if (!written) {
      await this.dataSource.query(CANCEL, [leased.id]);
      return;
    }
    const sentAt = await this.send(leased, written.sent).catch((error: Error) => this.postpone(leased, written, error));
    if (sentAt)
      await this.dataSource.query(CLOSE, [...keptOf(leased, written), this.transport ? 'SENT' : 'KEPT', sentAt]);
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
         EXISTS (SELECT FROM notice WHERE notice.mail_id = mail.id AND notice.status = 'PENDING') AS "hasNotices",
         ${CONTRIBUTES_ONLY} AS "hasLinks"`,
      [mailId, new Date(now.getTime() + LEASE_MS), now],
    );
    return rows[0] ?? null;
  }

  /** Null when there is nothing to be told any more. */
  private async write(mail: Leased): Promise<Written | null> {
    const m = this.dataSource.manager;
    const items = await loadDigestItems(m, mail.id);
    const isOpen = (item: DigestItem): boolean => mail.active && isStillOpen(item);
    await this.drop(
      mail,
      items.filter((item) => !isOpen(item)),
    );
    const shown = distinctObligations(items.filter(isOpen));
    const notices =
      mail.active && mail.hasNotices ? await this.dataSource.transaction((inner) => loadNotices(inner, mail.id)) : [];
    if (shown.length + notices.length === 0) return null;
    await this.titles.load(shown.map(({ policyId }) => policyId));
    const digest = composeDigest(shown, notices, {
      recipientName: mail.displayName,
      locale: mail.locale,
      timeZone: mail.timeZone,
      calendar: mail.calendar,
      today: mail.digestOn,
      publicUrl: publicAddress(this.config),
      bookings: await bookingsOf(m, shown, this.titles, this.config.TZ_DEFAULT),
      ruleTitle: ({ policyId, ruleKey }: Pick<DigestItem, 'policyId' | 'ruleKey'>) =>
        this.titles.title(policyId, ruleKey, mail.locale),
    });
    const kept = digest(new Map());
    const secrets =
      this.transport && mail.hasLinks
        ? await this.dataSource.transaction((inner) => issueMailLinks(inner, mail.recipientId, shown, this.clock.now()))
        : new Map<string, string>();
    return { kept, sent: secrets.size > 0 ? digest(secrets) : kept, items: shown.length + notices.length };
  }

  private async drop(mail: Leased, items: readonly DigestItem[]): Promise<void> {
    if (items.length === 0) return;
    await this.dataSource.query(`UPDATE reminder SET status = 'CANCELLED', outcome = $2 WHERE id = ANY($1::uuid[])`, [
      items.map(({ reminderId }) => reminderId),
      mail.active ? 'CLEARED' : 'RECIPIENT_LEFT',
    ]);
  }

  private async send(mail: Leased, composed: ComposedMail): Promise<Date> {
    await this.transport?.send({
      messageId: `<${mail.id}@sonae>`,
      to: { name: mail.displayName, address: mail.email },
      ...composed,
    });
    return this.clock.now();
  }

  private async postpone(mail: Leased, written: Written, error: Error): Promise<null> {
    const again = retryAt(this.clock.now(), mail.attempts);
    const reason = error.message.slice(0, 500);
    await this.dataSource.transaction(async (m) => {
      await m.query(`UPDATE mail SET ${KEEP}, status = $6, leased_until = $7, error = $8 WHERE id = $1`, [
        ...keptOf(mail, written),
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

const keptOf = ({ id }: Leased, { kept: { subject, text, html }, items }: Written): unknown[] => [
  id,
  subject,
  text,
  html,
  items,
];
