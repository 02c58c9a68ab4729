import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { EvidenceKind } from '../../core/evidence/evidence';

/**
 * A system whose evidence of a kind has changed and whose obligations have not been judged since. One row each time, never one for each system: writers
 * then neither wait for each other nor lose what comes while an earlier row is being worked off.
 */
@Entity('refresh_due')
export class RefreshDue {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_refresh_due',
  })
  id: string;

  @Column('uuid')
  systemId: string;

  @Column('text')
  kind: EvidenceKind;
}
