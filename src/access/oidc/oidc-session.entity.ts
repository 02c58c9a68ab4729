import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What the provider knows a session by, so that it can end it. */
@Entity('oidc_session')
@Index('ix_oidc_session_sid', ['issuer', 'sid'])
@Index('ix_oidc_session_subject', ['issuer', 'subject'])
export class OidcSession {
  @ForeignKey('user_session', { name: 'fk_oidc_session_session', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  sessionId: string;

  @Column('text')
  issuer: string;

  @Column('text')
  subject: string;

  @Column('text', { nullable: true })
  sid: string | null;

  /** The provider said that a second factor was used, and `OIDC_SECOND_FACTOR` trusts that. */
  @Column('boolean')
  secondFactor: boolean;
}
