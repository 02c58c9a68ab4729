import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RotatingSecret } from '../secrets/rotating-secret.entity';

/** What a program presents instead of a person's session: it acts for the person, with the scopes it was given and never more. */
@Entity('api_token')
@Index('uq_api_token_secret', ['secretHash'], { unique: true })
@Index('uq_api_token_previous', ['previousHash'], { unique: true })
export class ApiToken extends RotatingSecret {
  @PrimaryColumn('uuid')
  id: string;

  @Index('ix_api_token_user')
  @ForeignKey('app_user', { name: 'fk_api_token_user', onDelete: 'CASCADE' })
  @Column('uuid')
  userId: string;

  @Column('text')
  name: string;

  /** Names of permissions. */
  @Column('text', { array: true })
  scopes: string[];

  /** With it, the token reaches no further than this organisation and those below. */
  @ForeignKey('organisation', { name: 'fk_api_token_organisation', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  organisationId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
