import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { ImportMapping } from './dto/import-mapping.request';

/** A mapping kept under a name, so that next month's file of the same shape needs no questions. */
@Entity('import_profile')
@Unique('uq_import_profile_name', ['organisationId', 'name'])
export class ImportProfile {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_import_profile_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('text')
  name: string;

  @Column('jsonb')
  mapping: ImportMapping;

  @ForeignKey('app_user', { name: 'fk_import_profile_created_by' })
  @Column('uuid')
  createdById: string;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
