import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../../role-assignment.entity';

/** What the installation asks of everybody who signs in. One row. */
@Entity('security_settings')
@Check('ck_security_settings_one', `name = 'installation'`)
export class SecuritySettings {
  @PrimaryColumn('text')
  name: 'installation';

  /** Nobody uses these roles without a second factor. */
  @Column('text', { array: true })
  secondFactorRoles: Role[];

  @Column('integer', { default: 1 })
  rowVersion: number;
}
