import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What an event holds of one person. */
export interface PersonalPart {
  salt: string;
  /** Where the request came from. */
  address?: string;
  userAgent?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/**
 * Who did what to which record, before and after. Append-only, and a link of the chain (docs/adr/0023): all that may still happen to an
 * event is that the personal part of an erased person goes.
 */
@Entity('audit_event')
@Index('ix_audit_event_record', ['recordId', 'at'])
@Index('ix_audit_event_at', ['at', 'id'])
@Index('ix_audit_event_actor', ['actorId', 'at'])
@Index('ix_audit_event_organisation', ['organisationId', 'at'])
export class AuditEvent {
  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz')
  at: Date;

  /** Null for what the service does by itself. */
  @Column('uuid', { nullable: true })
  actorId: string | null;

  /** `system.created`, `evidence.recorded`, `session.started` … */
  @Column('text')
  action: string;

  @Column('text')
  recordType: string;

  @Column('uuid', { nullable: true })
  recordId: string | null;

  @Column('uuid', { nullable: true })
  organisationId: string | null;

  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;

  @Column('text', { nullable: true })
  requestId: string | null;

  /** For whom the actor acted, when that is somebody else. */
  @Column('uuid', { nullable: true })
  onBehalfOfId: string | null;

  /** The API token with which a program acted for the actor. */
  @Column('uuid', { nullable: true })
  tokenId: string | null;

  /** The job or command of the service that acted: `job:imports.systems`, `cli:create-admin`; null in a request. */
  @Column('text', { nullable: true })
  program: string | null;

  /** What the event holds of people, by the id of the person whose it is, each with a salt. Only digests of it enter the chain. */
  @Column('jsonb', { nullable: true })
  personal: Record<string, PersonalPart> | null;

  /** SHA-256 of each personal part; the database computes it. */
  @Column('jsonb', { nullable: true })
  personalDigests: Record<string, string> | null;
}
