import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { checkRequirement } from '../../../core/backup/check-requirement';
import { type Tier, TIERS } from '../../../core/importance/tier';
import type { PolicyRules } from '../../../core/policy/rule';
import { formatMinutes } from '../../../core/time/duration';
import { EFFECTIVE_POLICY } from '../../../obligations/ledger/effective-policy';
import { decodeCursor, pageOf } from '../../../platform/http/cursor';
import { Problem } from '../../../platform/http/problem';
import type { StoredTerms } from '../backup-terms';
import { renderFindings } from '../render-findings';
import type { ListBackupProfilesQuery } from './dto/backup-profile.request';
import type { BackupProfilePage, BackupProfileResponse, FindingsByTier } from './dto/backup-profile.response';
import { profileVisible, profileWritable } from './open-profile';

type Row = Omit<BackupProfileResponse, 'interval' | 'rpo' | 'findings'> & StoredTerms & { rules: PolicyRules | null };

/** The system of a tier that a profile is looked at for, as long as it is for no system in particular. */
const ORDINARY = { outsourced: false, publicFacing: false, hosting: 'ON_PREMISES', confidentiality: 2 };

/** Reads of backup profiles. */
@Injectable()
export class BackupProfilesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The profiles that the caller may see, by name. */
  async list(actor: Actor, query: ListBackupProfilesQuery): Promise<BackupProfilePage> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'text', 'id')?.map(bind);
    const conditions = [
      !query.retired && 'p.retired_on IS NULL',
      query.systemId &&
        `p.organisation_id IN (SELECT c.ancestor_id FROM organisation_closure c JOIN system s ON s.organisation_id = c.organisation_id
          WHERE s.id = ${bind(query.systemId)} AND ${systemVisible(actor, parameters)})`,
      place && `(p.name, p.id) > (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.rows(actor, parameters, conditions.join(' AND ') || 'TRUE', query.limit + 1);
    const page = pageOf(rows, query.limit, ({ name, id }) => [name, id]);
    return { ...page, items: page.items.map((row) => response(row, actor)) };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<BackupProfileResponse> {
    const parameters = new SqlParameters();
    const [row] = await this.rows(actor, parameters, `p.id = ${parameters.bind(id)}`, 1);
    if (!row) throw new Problem(404, 'BACKUP_PROFILE_NOT_FOUND');
    return response(row, actor);
  }

  private rows(actor: Actor, parameters: SqlParameters, condition: string, limit: number): Promise<Row[]> {
    return this.dataSource.query<Row[]>(
      `SELECT p.id, p.name, ${organisationJson('o')} AS organisation, p.method, p.interval_minutes AS "intervalMinutes", p.retention,
         p.generations, p.rpo_minutes AS "rpoMinutes", p.copies, p.verification_cadence AS "verificationCadence",
         p.restore_test_cadence AS "restoreTestCadence", p.retired_on::text AS "retiredOn", p.row_version AS version,
         p.created_at AS "createdAt", p.updated_at AS "updatedAt", ${profileWritable(actor, parameters)} AS editable,
         used.followers, used.detached, used.waiting, policy.rules
       FROM backup_profile p JOIN organisation o ON o.id = p.organisation_id
       LEFT JOIN LATERAL (${EFFECTIVE_POLICY('p.organisation_id')}) policy ON true
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE b.follows_profile)::int AS followers, count(*) FILTER (WHERE NOT b.follows_profile)::int AS detached,
           count(*) FILTER (WHERE b.status = 'DRAFT')::int AS waiting
         FROM backup_requirement b JOIN system s ON s.id = b.system_id
         WHERE b.profile_id = p.id AND b.withdrawn_on IS NULL AND ${systemVisible(actor, parameters)}) used
       WHERE ${condition} AND ${profileVisible(actor, parameters)} ORDER BY p.name, p.id LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    );
  }
}

const systemVisible = (actor: Actor, parameters: SqlParameters): string =>
  scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);

function response({ intervalMinutes, rpoMinutes, rules, ...row }: Row, actor: Actor): BackupProfileResponse {
  const terms = { ...row, intervalMinutes, rpoMinutes };
  const found = (tier: Tier) => renderFindings(checkRequirement(terms, { tier, ...ORDINARY }, rules), actor);
  return {
    ...row,
    interval: formatMinutes(intervalMinutes),
    rpo: formatMinutes(rpoMinutes),
    findings: Object.fromEntries(TIERS.map((tier) => [tier, found(tier)])) as unknown as FindingsByTier,
  };
}
