import { AuditLog } from '../../../src/audit/audit-log';
import { NoticeClock } from '../../../src/obligations/clocks/notice-clock';
import { RuleTitles } from '../../../src/obligations/rule-titles';
import { type MailTransport, SmtpTransport } from '../../../src/platform/mail/mail-transport';
import { DigestFormer } from '../../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../../src/views/outbox/mail-delivery';
import { OutboxService } from '../../../src/views/outbox/outbox.service';
import { ReminderSweep } from '../../../src/views/reminders/reminder-sweep';
import type { Centre } from './centre';

/** What tells people of obligations: from notices that fall due to mails that leave. */
export interface Reminding {
  sweep: ReminderSweep;
  digests: DigestFormer;
  delivery: MailDelivery;
  outbox: OutboxService;
  /** What a sweep of the worker does: notices become rows, and rows digests. */
  sweepAll(): Promise<void>;
  /** Delivers every mail that waits to be sent now. */
  deliverAll(): Promise<void>;
  close(): void;
}

/** @param smtpUrl the mail server; without it mails are kept. */
export function remindersOf(
  { dataSource, clock, config }: Pick<Centre, 'dataSource' | 'clock' | 'config'>,
  smtpUrl?: string,
): Reminding {
  const transport: MailTransport | null = smtpUrl ? new SmtpTransport(smtpUrl, config.MAIL_FROM) : null;
  const sweep = new ReminderSweep(dataSource, new NoticeClock(config), clock, config);
  const digests = new DigestFormer(dataSource, clock, config);
  const delivery = new MailDelivery(dataSource, clock, config, new RuleTitles(dataSource), transport);
  return {
    sweep,
    digests,
    delivery,
    outbox: new OutboxService(dataSource, new AuditLog(clock)),
    sweepAll: async () => {
      await digests.prompt();
      if (await sweep.run()) await digests.run();
    },
    deliverAll: async () => {
      for (const mailId of await delivery.due(1_000)) await delivery.deliver(mailId);
    },
    close: () => transport?.close(),
  };
}

/** One row of the reminder ledger. */
export interface ReminderRow {
  obligationId: string;
  systemId: string;
  ruleKey: string;
  occurrence: string;
  stage: string;
  audience: string;
  offsetDays: number;
  plannedOn: string;
  recipientId: string;
  status: string;
  outcome: string | null;
  mailId: string | null;
}

/** The reminders of some systems, in the order of their planned days. */
export async function remindersAbout({ dataSource }: Centre, ...systemIds: string[]): Promise<ReminderRow[]> {
  return dataSource.query(
    `SELECT obligation_id AS "obligationId", system_id AS "systemId", rule_key AS "ruleKey", occurrence, stage, audience,
       offset_days AS "offsetDays", planned_on::text AS "plannedOn", recipient_id AS "recipientId", status, outcome, mail_id AS "mailId"
     FROM reminder WHERE system_id = ANY($1::uuid[]) ORDER BY planned_on, rule_key, stage, recipient_id`,
    [systemIds],
  );
}

/** One mail of the outbox as it is stored. */
export interface MailRow {
  id: string;
  recipientId: string;
  digestOn: string;
  status: string;
  subject: string | null;
  text: string | null;
  html: string | null;
  itemCount: number;
  attempts: number;
  error: string | null;
  leasedUntil: Date | null;
}

/** The mails to one person, oldest first. */
export async function mailsTo({ dataSource }: Centre, recipientId: string): Promise<MailRow[]> {
  return dataSource.query(
    `SELECT id, recipient_id AS "recipientId", digest_on::text AS "digestOn", status, subject, text, html, item_count AS "itemCount",
       attempts, error, leased_until AS "leasedUntil" FROM mail WHERE recipient_id = $1 ORDER BY digest_on, id`,
    [recipientId],
  );
}
