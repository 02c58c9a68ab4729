import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Name of the setting that exists while the installation holds demo data. */
export const DEMO_SETTING = 'demo';

/** A fact about the installation itself, such as whether it holds demo data. */
@Entity('setting')
export class Setting {
  @PrimaryColumn('text')
  name: string;

  @Column('jsonb')
  value: unknown;
}
