import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

export const NOTICE_KINDS = [
  'SYSTEMS_RECEIVED',
  'SYSTEMS_GIVEN',
  'SYSTEMS_UNREACHABLE',
  'ADVICE_ASKED',
  'ADVICE_ANSWERED',
  'INLET_SILENT',
  'INLET_FAILING',
  'INLET_UNUSUAL',
  'TOKEN_EXPIRING',
  'TOKEN_EXPIRED',
  'DRILL_BOOKED',
  'DRILL_CALLED_OFF',
  'DRILL_OPENED',
  'DRILL_LATE',
  'DRILL_LEFT_OPEN',
  'REPORT_SUBMITTED',
  'REPORT_ACKNOWLEDGED',
  'REPORT_COMMENTED',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What is over by tomorrow morning: told with a mail of its own, and not with the digest. */
export const PROMPT_KINDS: readonly NoticeKind[] = ['DRILL_OPENED', 'DRILL_LATE'];

export const NOTICE_STATUSES = ['PENDING', 'SENT', 'CANCELLED', 'FAILED'] as const;
export type NoticeStatus = (typeof NOTICE_STATUSES)[number];

/** What a person is told once beside the obligations, with the next digest (お知らせ). It names no person, so that erasing one leaves nothing. */
@Entity('notice')
@Unique('uq_notice', ['userId', 'kind', 'occurrence'])
@Check(
  'ck_notice_kind',
  `kind IN ('SYSTEMS_RECEIVED','SYSTEMS_GIVEN','SYSTEMS_UNREACHABLE','ADVICE_ASKED','ADVICE_ANSWERED','INLET_SILENT','INLET_FAILING','TOKEN_EXPIRING','TOKEN_EXPIRED','DRILL_BOOKED','DRILL_CALLED_OFF','DRILL_OPENED','DRILL_LATE','DRILL_LEFT_OPEN','REPORT_SUBMITTED','REPORT_ACKNOWLEDGED','REPORT_COMMENTED','INLET_UNUSUAL')`,
)
@Check('ck_notice_status', `status IN ('PENDING','SENT','CANCELLED','FAILED')`)
@Check(
  'ck_notice_system',
  `system_id IS NOT NULL OR kind LIKE 'ADVICE\\_%' OR kind LIKE 'TOKEN\\_%' OR kind LIKE 'REPORT\\_%'`,
)
@Check('ck_notice_inlet', `(inlet_id IS NOT NULL) = (kind LIKE 'INLET\\_%')`)
@Check('ck_notice_systems', 'system_count > 0')
@Index('ix_notice_inlet', ['inletId'], { where: `status = 'PENDING' AND inlet_id IS NOT NULL` })
@Index('ix_notice_pending', ['userId'], { where: `status = 'PENDING' AND mail_id IS NULL` })
export class Notice {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('app_user', { name: 'fk_notice_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('text')
  kind: NoticeKind;

  /** What it is about, so that it is told once: the id of a hand-over, the week of a finding. */
  @Column('text')
  occurrence: string;

  /** One of the systems it tells of; the sentence names it and counts the others. Advice, tokens and reports need not be about one. */
  @ForeignKey('system', { name: 'fk_notice_system' })
  @Column('uuid', { nullable: true })
  systemId: string | null;

  /** The inlet whose fault it tells of: the sentence says how it stands at delivery, and nothing once it is over. */
  @ForeignKey('inlet', { name: 'fk_notice_inlet' })
  @Column('uuid', { nullable: true })
  inletId: string | null;

  @Column('integer')
  systemCount: number;

  /** Those of the systems: who may not see all of them may not see the mail in the outbox. */
  @Column('uuid', { array: true })
  organisationIds: string[];

  /** Where the link leads, below the address of the service. */
  @Column('text')
  path: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('text')
  status: NoticeStatus;

  @Index('ix_notice_mail')
  @ForeignKey('mail', { name: 'fk_notice_mail' })
  @Column('uuid', { nullable: true })
  mailId: string | null;

  /** When its person read it in the inbox. */
  @Column('timestamptz', { nullable: true })
  readAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
