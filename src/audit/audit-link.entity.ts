import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** The place of one audit event in the chain; the database writes it at commit. Append-only. */
@Entity('audit_link')
@Unique('uq_audit_link_event', ['eventId'])
export class AuditLink {
  /** 1 for the first event, without gaps. */
  @PrimaryColumn('bigint')
  seq: string;

  @ForeignKey('audit_event', { name: 'fk_audit_link_event' })
  @Column('uuid')
  eventId: string;

  /** SHA-256, in hex, of the hash before, `seq` and the digest of the event's text. */
  @Column('text')
  hash: string;
}
