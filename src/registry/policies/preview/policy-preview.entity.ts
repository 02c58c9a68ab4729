import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

export const PREVIEW_STATUSES = ['QUEUED', 'RUNNING', 'DONE', 'FAILED'] as const;
export type PreviewStatus = (typeof PREVIEW_STATUSES)[number];

/** The dry run of a draft that was asked for last; each new one takes the place of the one before. */
@Entity('policy_preview')
@Check('ck_policy_preview_status', `status IN ('QUEUED','RUNNING','DONE','FAILED')`)
@Check('ck_policy_preview_done', `(status = 'DONE') = (effects IS NOT NULL)`)
export class PolicyPreview {
  @ForeignKey('policy', { name: 'fk_policy_preview_policy' })
  @PrimaryColumn('uuid')
  policyId: string;

  @Column('text')
  status: PreviewStatus;

  /** Of the draft that was looked at; another one since, and the figures are of yesterday. */
  @Column('integer')
  rowVersion: number;

  /** The day on which the draft would be adopted. */
  @Column('date')
  effectiveOn: string;

  /** How often a worker has begun it; one that keeps failing is given up. */
  @Column('integer', { default: 0 })
  attempts: number;

  @Column('integer', { default: 0 })
  systemsRead: number;

  @Column('integer')
  systemsTotal: number;

  /** `PolicyEffects` of the dry run. */
  @Column('jsonb', { nullable: true })
  effects: object | null;

  @ForeignKey('app_user', { name: 'fk_policy_preview_requester' })
  @Column('uuid')
  requestedById: string;

  /** Tells this request from the next. */
  @Column('timestamptz')
  requestedAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
