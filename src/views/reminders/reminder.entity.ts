import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Audience, Stage } from '../../core/reminder/reminder-plan';

/** PENDING until its digest is formed and sent; CANCELLED when evidence arrived first; SNOOZED when it was held back. */
export const REMINDER_STATUSES = ['PENDING', 'SENT', 'CANCELLED', 'FAILED', 'SNOOZED'] as const;
export type ReminderStatus = (typeof REMINDER_STATUSES)[number];

/** One notice to one person about one occurrence of one obligation. The unique key is what keeps it from being sent twice. */
@Entity('reminder')
@Unique('uq_reminder', ['obligationId', 'occurrence', 'stage', 'offsetDays', 'recipientId', 'channel'])
@Check('ck_reminder_status', `status IN ('PENDING','SENT','CANCELLED','FAILED','SNOOZED')`)
@Check(
  'ck_reminder_snoozed',
  `status <> 'SNOOZED' OR (snooze_id IS NOT NULL AND audience = 'OWNER' AND mail_id IS NULL)`,
)
@Index('ix_reminder_recipient', ['recipientId', 'createdAt'])
@Index('ix_reminder_unread', ['recipientId'], { where: 'read_at IS NULL' })
@Index('ix_reminder_snooze', ['snoozeId'], { where: 'snooze_id IS NOT NULL' })
@Check('ck_reminder_acknowledged', `acknowledged_at IS NULL OR stage = 'ESCALATION'`)
@Index('ix_reminder_escalated', ['recipientId'], { where: `stage = 'ESCALATION' AND acknowledged_at IS NULL` })
@Index('ix_reminder_obligation', ['obligationId', 'plannedOn'])
@Index('ix_reminder_pending', ['recipientId'], { where: `status = 'PENDING' AND mail_id IS NULL` })
@Index('ix_reminder_listed', ['plannedOn', 'id'])
export class Reminder {
  @PrimaryColumn('uuid')
  id: string;

  /** No foreign key: what was sent stays on record when the duty is no longer owed. */
  @Column('uuid')
  obligationId: string;

  @Index('ix_reminder_system')
  @ForeignKey('system', { name: 'fk_reminder_system' })
  @Column('uuid', { nullable: true })
  systemId: string | null;

  @Column('text')
  ruleKey: string;

  /** What it is about: `DUE:2026-12-01`, `FAILED:2026-11-20` (`occasionOf`). */
  @Column('text')
  occurrence: string;

  @Column('text')
  stage: Stage;

  @Column('text')
  audience: Audience;

  @Column('integer')
  offsetDays: number;

  @Column('date')
  plannedOn: string;

  @ForeignKey('app_user', { name: 'fk_reminder_recipient' })
  @Column('uuid')
  recipientId: string;

  @Column('text')
  channel: 'MAIL';

  @Column('text')
  status: ReminderStatus;

  @Index('ix_reminder_mail')
  @ForeignKey('mail', { name: 'fk_reminder_mail' })
  @Column('uuid', { nullable: true })
  mailId: string | null;

  /** By what it was held back; it may have been told after that. */
  @ForeignKey('snooze', { name: 'fk_reminder_snooze' })
  @Column('uuid', { nullable: true })
  snoozeId: string | null;

  /** Why it was cancelled or failed. */
  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  /** When its recipient said that they know of the escalation. It settles nothing. */
  @Column('timestamptz', { nullable: true })
  acknowledgedAt: Date | null;

  /** When its recipient read it in the inbox. */
  @Column('timestamptz', { nullable: true })
  readAt: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
