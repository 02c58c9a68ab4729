import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A signed-in browser. Only the SHA-256 of the cookie's random value is kept. */
@Entity('user_session')
export class Session {
  @PrimaryColumn('uuid')
  id: string;

  @Index('uq_user_session_token', { unique: true })
  @Column('text')
  tokenHash: string;

  @Index('ix_user_session_user')
  @ForeignKey('app_user', { name: 'fk_user_session_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  lastUsedAt: Date;

  @Index('ix_user_session_expires')
  @Column('timestamptz')
  expiresAt: Date;
}
