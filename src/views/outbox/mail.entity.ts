import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** KEPT: no mail server is configured, the mail stays readable in the outbox. SENDING holds a lease, so that one worker sends it. */
export const MAIL_STATUSES = ['QUEUED', 'SENDING', 'SENT', 'KEPT', 'FAILED', 'CANCELLED'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** One digest to one person on one day, with what became of it (送信箱). */
@Entity('mail')
@Check('ck_mail_status', `status IN ('QUEUED','SENDING','SENT','KEPT','FAILED','CANCELLED')`)
@Index('uq_mail_digest', ['recipientId', 'digestOn'], { unique: true })
@Index('ix_mail_open', ['id'], { where: `status IN ('QUEUED','SENDING')` })
@Index('ix_mail_listed', ['createdAt', 'id'])
export class Mail {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('app_user', { name: 'fk_mail_recipient' })
  @Column('uuid')
  recipientId: string;

  /** The recipient's civil day that the digest is for. */
  @Column('date')
  digestOn: string;

  @Column('text')
  status: MailStatus;

  /** Filled when it is composed, at delivery. */
  @Column('text', { nullable: true })
  toAddress: string | null;

  @Column('text', { nullable: true })
  subject: string | null;

  @Column('text', { nullable: true })
  text: string | null;

  @Column('text', { nullable: true })
  html: string | null;

  @Column('integer', { default: 0 })
  itemCount: number;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('timestamptz', { nullable: true })
  leasedUntil: Date | null;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
