import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Factor, FactorsResponse } from './dto/factors.dto';
import { requiresFactor } from './requirement/required-sql';

/** Which second factors somebody has. */
@Injectable()
export class FactorsQueries {
  constructor(private readonly dataSource: DataSource) {}

  async of(userId: string): Promise<FactorsResponse> {
    const [row] = (await this.dataSource.query(
      `SELECT
         (SELECT jsonb_build_object('confirmedAt', t.confirmed_at) FROM totp_factor t
          WHERE t.user_id = $1 AND t.confirmed_at IS NOT NULL) AS totp,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'createdAt', p.created_at,
             'lastUsedAt', p.last_used_at) ORDER BY p.created_at, p.id), '[]')
          FROM passkey p WHERE p.user_id = $1) AS passkeys,
         (SELECT jsonb_build_object('remaining', count(*) FILTER (WHERE c.used_at IS NULL), 'madeAt', max(c.made_at))
          FROM recovery_code c WHERE c.user_id = $1 HAVING count(*) > 0) AS "recoveryCodes",
         ${requiresFactor('$1')} AS required`,
      [userId],
    )) as [FactorsResponse];
    return row;
  }

  /** Whether a role of the person is not used without a second factor. */
  async isRequired(userId: string, m: EntityManager): Promise<boolean> {
    const [{ required }] = (await m.query(`SELECT ${requiresFactor('$1')} AS required`, [userId])) as [
      { required: boolean },
    ];
    return required;
  }

  /** What the person can show as a second factor; empty for who has none. */
  async available(userId: string, m: EntityManager = this.dataSource.manager): Promise<Factor[]> {
    const [{ factors }] = (await m.query(
      `SELECT array_remove(ARRAY[
         CASE WHEN EXISTS (SELECT FROM totp_factor WHERE user_id = $1 AND confirmed_at IS NOT NULL) THEN 'TOTP' END,
         CASE WHEN EXISTS (SELECT FROM passkey WHERE user_id = $1) THEN 'PASSKEY' END,
         CASE WHEN EXISTS (SELECT FROM recovery_code WHERE user_id = $1 AND used_at IS NULL) THEN 'RECOVERY_CODE' END
       ], NULL) AS factors`,
      [userId],
    )) as [{ factors: Factor[] }];
    return factors;
  }
}
