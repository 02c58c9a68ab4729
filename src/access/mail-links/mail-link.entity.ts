import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/**
 * A link in a mail by which a contributor proves one obligation, without a password. Only the SHA-256 of its secret is kept; a newer mail about
 * the obligation takes its place.
 */
@Entity('mail_link')
@Unique('uq_mail_link_obligation', ['userId', 'obligationId'])
export class MailLink {
  @PrimaryColumn('uuid')
  id: string;

  @Index('uq_mail_link_secret', { unique: true })
  @Column('text')
  secretHash: string;

  @ForeignKey('app_user', { name: 'fk_mail_link_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Index('ix_mail_link_obligation')
  @ForeignKey('obligation', { name: 'fk_mail_link_obligation', onDelete: 'CASCADE' })
  @Column('uuid')
  obligationId: string;

  /** The due day or failure that it was sent about; another one needs another mail. */
  @Column('text')
  occurrence: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  lastOpenedAt: Date | null;
}
