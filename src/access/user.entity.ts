import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Calendar } from '../platform/messages/format';

/** A person: somebody who signs in, or only somebody who is reminded (no password). */
@Entity('app_user')
@Check('ck_app_user_locale', `locale IN ('ja','en')`)
@Check('ck_app_user_calendar', `calendar IN ('GREGORIAN','JAPANESE')`)
@Check('ck_app_user_email_lower', 'email = lower(email)')
export class User {
  @PrimaryColumn('uuid')
  id: string;

  @Index('uq_app_user_email', { unique: true })
  @Column('text')
  email: string;

  @Column('text')
  displayName: string;

  @Column('text', { default: 'ja' })
  locale: 'ja' | 'en';

  @Column('text', { default: 'Asia/Tokyo' })
  timeZone: string;

  @Column('text', { default: 'GREGORIAN' })
  calendar: Calendar;

  /** argon2id; null for a person who does not sign in. */
  @Column('text', { nullable: true })
  passwordHash: string | null;

  @Column('boolean', { default: true })
  active: boolean;

  /** When the person was erased: name and address are no longer theirs. */
  @Column('timestamptz', { nullable: true })
  erasedAt: Date | null;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
