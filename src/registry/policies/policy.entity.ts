import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Eased } from '../../core/policy/grace';
import type { OwedSince } from '../../core/policy/owed-since';
import type { PolicyRules } from '../../core/policy/rule';

export const POLICY_STATUSES = ['DRAFT', 'PUBLISHED', 'SUPERSEDED'] as const;
export type PolicyStatus = (typeof POLICY_STATUSES)[number];

/** One version of an organisation's policy. Its rules never change once it is published. */
@Entity('policy')
@Unique('uq_policy_version', ['organisationId', 'version'])
@Check('ck_policy_status', `status IN ('DRAFT','PUBLISHED','SUPERSEDED')`)
@Check('ck_policy_publisher', 'published_by_id <> ALL (writer_ids)')
@Index('uq_policy_published', ['organisationId'], { unique: true, where: `status = 'PUBLISHED'` })
@Index('uq_policy_draft', ['organisationId'], { unique: true, where: `status = 'DRAFT'` })
export class Policy {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_policy_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('integer')
  version: number;

  @Column('text')
  status: PolicyStatus;

  @Column('jsonb')
  rules: PolicyRules;

  /** Since when each tier has owed each rule, by `ruleKey:TIER`; carried over from the version before. */
  @Column('jsonb', { default: {} })
  owedSince: OwedSince;

  /** What each tier owed under each rule before more was asked, and until when that counts; carried over from the version before. */
  @Column('jsonb', { default: {} })
  eased: Eased;

  /** The first day from which its duties are owed. */
  @Column('date', { nullable: true })
  effectiveOn: string | null;

  @Column('timestamptz', { nullable: true })
  publishedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_policy_published_by' })
  @Column('uuid', { nullable: true })
  publishedById: string | null;

  /** Everybody who has written it; nobody for the pack that was adopted as it is. */
  @Column('uuid', { array: true, default: '{}' })
  writerIds: string[];

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
