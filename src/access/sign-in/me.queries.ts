import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../../platform/config/config';
import { DEMO_SETTING } from '../../platform/database/setting.entity';
import { type Actor, permissionsOf } from '../actor';
import { relyingPartyOf } from '../factors/passkeys/relying-party';
import { ROLES } from '../role-assignment.entity';
import type { MeResponse, SignInHintResponse, SignInHintsResponse } from './dto/me.response';

type MeRow = Omit<MeResponse, 'permissions'>;

@Injectable()
export class MeQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  async me(userId: string): Promise<MeResponse> {
    const [row] = (await this.dataSource.query(
      `SELECT jsonb_build_object('id', u.id, 'email', u.email, 'displayName', u.display_name, 'locale', u.locale,
           'timeZone', u.time_zone, 'calendar', u.calendar) AS user,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', o.id, 'organisationName', o.name,
             'organisationNameEn', o.name_en) ORDER BY array_position($2::text[], r.role), o.code), '[]')
          FROM role_assignment r JOIN organisation o ON o.id = r.organisation_id WHERE r.user_id = u.id) AS roles,
         ${HAS_DEMO} AS demo, u.row_version AS version
       FROM app_user u WHERE u.id = $1`,
      [userId, ROLES],
    )) as [MeRow];
    const { user, roles, demo, version } = row;
    const permissions = permissionsOf({ userId, roles } as unknown as Actor);
    return { user, roles, permissions, demo, version };
  }

  async hints(): Promise<SignInHintsResponse> {
    const accounts = (await this.dataSource.query(
      `SELECT DISTINCT ON (array_position($1::text[], r.role)) u.email, u.display_name AS "displayName", r.role
       FROM app_user u JOIN role_assignment r ON r.user_id = u.id
       WHERE ${HAS_DEMO} AND u.email LIKE '%@demo.example' AND u.active AND u.password_hash IS NOT NULL
       ORDER BY array_position($1::text[], r.role), u.created_at, u.id`,
      [ROLES],
    )) as SignInHintResponse[];
    return {
      demo: accounts.length > 0,
      accounts,
      oidc: this.config.OIDC_ISSUER !== undefined,
      passkeys: relyingPartyOf(this.config) !== null,
    };
  }
}

const HAS_DEMO = `EXISTS (SELECT FROM setting WHERE name = '${DEMO_SETTING}')`;
