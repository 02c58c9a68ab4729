import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who did what to which record, before and after. Append-only: a trigger refuses UPDATE and DELETE. */
@Entity('audit_event')
@Index('ix_audit_event_record', ['recordId', 'at'])
@Index('ix_audit_event_at', ['at', 'id'])
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
}
