import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A fact about the installation itself, such as whether it holds demo data. */
@Entity('setting')
export class Setting {
  @PrimaryColumn('text')
  name: string;

  @Column('jsonb')
  value: unknown;
}
