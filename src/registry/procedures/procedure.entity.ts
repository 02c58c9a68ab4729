import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A recovery procedure of a system; its text lives in versions. */
@Entity('procedure')
export class Procedure {
  @PrimaryColumn('uuid')
  id: string;

  @Index('ix_procedure_system')
  @ForeignKey('system', { name: 'fk_procedure_system' })
  @Column('uuid')
  systemId: string;

  @Column('text')
  title: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
