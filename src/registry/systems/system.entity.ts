import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Raise } from '../../core/obligation/eased-terms';
import type { Tier } from '../../core/importance/tier';

export const LIFECYCLES = ['PLANNED', 'OPERATING', 'RETIRED'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];
export const HOSTINGS = ['ON_PREMISES', 'CLOUD', 'HYBRID'] as const;
export type Hosting = (typeof HOSTINGS)[number];

/** An entry of the ledger of information systems (情報システム台帳). */
@Entity('system')
@Unique('uq_system_code', ['organisationId', 'code'])
@Check('ck_system_tier', `tier IN ('HIGH','MODERATE','LOW')`)
@Check('ck_system_lifecycle', `lifecycle IN ('PLANNED','OPERATING','RETIRED')`)
@Check('ck_system_hosting', `hosting IN ('ON_PREMISES','CLOUD','HYBRID')`)
@Check('ck_system_confidentiality', 'confidentiality BETWEEN 1 AND 3')
@Check('ck_system_integrity', 'integrity BETWEEN 1 AND 2')
@Check('ck_system_availability', 'availability BETWEEN 1 AND 2')
@Check('ck_system_targets', 'rto_minutes > 0 AND rpo_minutes > 0 AND mtd_minutes > 0')
@Index('ix_system_owner', ['ownerId', 'deputyId', 'lifecycle', 'organisationId'])
@Index('ix_system_organisation', ['organisationId', 'code', 'id'])
@Index('ix_system_code', ['code', 'id'])
@Index('ix_system_name', ['name', 'id'])
@Index('ix_system_search_grams', { synchronize: false })
@Index('ix_system_rank', { synchronize: false })
export class System {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_system_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  nameEn: string | null;

  @ForeignKey('app_user', { name: 'fk_system_owner' })
  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Index('ix_system_deputy')
  @ForeignKey('app_user', { name: 'fk_system_deputy' })
  @Column('uuid', { nullable: true })
  deputyId: string | null;

  @Column('text')
  tier: Tier;

  @Column('text', { default: 'OPERATING' })
  lifecycle: Lifecycle;

  @Column('smallint', { default: 1 })
  confidentiality: number;

  @Column('smallint', { default: 1 })
  integrity: number;

  @Column('smallint', { default: 1 })
  availability: number;

  @Column('boolean', { default: false })
  publicFacing: boolean;

  @Column('boolean', { default: false })
  outsourced: boolean;

  @Column('text', { default: 'ON_PREMISES' })
  hosting: Hosting;

  @Column('text', { array: true, default: '{}' })
  sites: string[];

  @Column('text', { nullable: true })
  supplier: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('integer', { nullable: true })
  rtoMinutes: number | null;

  @Column('integer', { nullable: true })
  rpoMinutes: number | null;

  @Column('integer', { nullable: true })
  mtdMinutes: number | null;

  /** The day it began to owe anything: registered as, or moved to, OPERATING. */
  @Column('date')
  operatingSinceOn: string;

  @Column('date')
  tierSinceOn: string;

  /** The raises that led up to its tier, the oldest first: what was enough before them still counts for a grace. */
  @Column('jsonb', { default: [] })
  raises: readonly Raise[];

  /** The last day on which something changed that reviews rest on (tier, owner, targets). */
  @Column('date', { nullable: true })
  changedOn: string | null;

  @Column('date', { nullable: true })
  retiredOn: string | null;

  /** 1- and 2-grams of code and names (NFKC, lower case), for search in languages without spaces. */
  @Column('text', { array: true, default: '{}', select: false })
  searchGrams: string[];

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
