import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export const ADVICE_STATUSES = ['OPEN', 'ANSWERED', 'WITHDRAWN'] as const;
export type AdviceStatus = (typeof ADVICE_STATUSES)[number];

/** What an organisation asks the ministry above it, and the answer (助言). */
@Entity('advice_request')
@Check('ck_advice_status', `status IN ('OPEN','ANSWERED','WITHDRAWN')`)
@Check(
  'ck_advice_answered',
  `(status = 'ANSWERED') = (answer IS NOT NULL)
    AND (answer IS NULL) = (answered_by_id IS NULL) AND (answer IS NULL) = (answered_at IS NULL)`,
)
@Check('ck_advice_answerer', 'answered_by_id <> asked_by_id')
@Check('ck_advice_withdrawn', `(status = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)`)
@Index('ix_advice_organisation', ['organisationId', 'askedAt'])
@Index('ix_advice_ministry', ['ministryId', 'askedAt'])
export class AdviceRequest {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_advice_organisation' })
  @Column('uuid')
  organisationId: string;

  /** Whom it is put to: the nearest ministry above when it was asked. */
  @ForeignKey('organisation', { name: 'fk_advice_ministry' })
  @Column('uuid')
  ministryId: string;

  @ForeignKey('system', { name: 'fk_advice_system' })
  @Column('uuid', { nullable: true })
  systemId: string | null;

  @ForeignKey('improvement_item', { name: 'fk_advice_improvement' })
  @Column('uuid', { nullable: true })
  improvementItemId: string | null;

  @Column('text')
  title: string;

  @Column('text')
  question: string;

  /** By when an answer is wished for. */
  @Column('date', { nullable: true })
  dueOn: string | null;

  @Column('text', { default: 'OPEN' })
  status: AdviceStatus;

  @ForeignKey('app_user', { name: 'fk_advice_asker' })
  @Column('uuid')
  askedById: string;

  @Column('timestamptz')
  askedAt: Date;

  @Column('text', { nullable: true })
  answer: string | null;

  @ForeignKey('app_user', { name: 'fk_advice_answerer' })
  @Column('uuid', { nullable: true })
  answeredById: string | null;

  @Column('timestamptz', { nullable: true })
  answeredAt: Date | null;

  @Column('timestamptz', { nullable: true })
  withdrawnAt: Date | null;
}
