import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** KEPT: no mail server is configured, the mail stays readable in the outbox. SENDING holds a lease, so that one worker sends it. */
export const MAIL_STATUSES = ['QUEUED', 'SENDING', 'SENT', 'KEPT', 'FAILED', 'CANCELLED'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** DIGEST: what is told on a day. PROMPT: what cannot wait for it. */
export const MAIL_KINDS = ['DIGEST', 'PROMPT'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** A mail to one person, of which one a day is a digest, with what became of it (送信箱). */
@Entity('mail')
@Check('ck_mail_status', `status IN ('QUEUED','SENDING','SENT','KEPT','FAILED','CANCELLED')`)
@Check('ck_mail_kind', `kind IN ('DIGEST','PROMPT')`)
@Index('uq_mail_digest', ['recipientId', 'digestOn'], { unique: true, where: `kind = 'DIGEST'` })
@Index('ix_mail_recipient', ['recipientId'])
@Index('ix_mail_open', ['id'], { where: `status IN ('QUEUED','SENDING')` })
@Index('ix_mail_listed', ['createdAt', 'id'])
export class Mail {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('app_user', { name: 'fk_mail_recipient' })
  @Column('uuid')
  recipientId: string;

  @Column('text', { default: 'DIGEST' })
  kind: MailKind;

  /** The recipient's civil day that it is for. */
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
