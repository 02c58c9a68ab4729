import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One system needs another: hard when it cannot do without. No circles; the service sees to that under a lock. */
@Entity('system_dependency')
@Check('ck_system_dependency_not_itself', 'system_id <> depends_on_id')
export class SystemDependency {
  @ForeignKey('system', { name: 'fk_system_dependency_system' })
  @PrimaryColumn('uuid')
  systemId: string;

  @Index('ix_system_dependency_depends_on')
  @ForeignKey('system', { name: 'fk_system_dependency_depends_on' })
  @PrimaryColumn('uuid')
  dependsOnId: string;

  @Column('boolean')
  hard: boolean;
}
