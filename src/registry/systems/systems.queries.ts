import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf, wordingOf } from '../../access/actor';
import { addresseeJson } from '../../access/references/reachable-sql';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { allowedOnSystem } from '../../access/scope/allowed-on-system';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { type Addressee, unreachableReason } from '../../core/reminder/reachability';
import { PolicyRules } from '../../core/policy/rule';
import { checkTargets } from '../../core/policy/target-check';
import { formatMinutes } from '../../core/time/duration';
import { EFFECTIVE_POLICY } from '../../obligations/ledger/effective-policy';
import { Config } from '../../platform/config/config';
import { Problem } from '../../platform/http/problem';
import { renderReason } from '../../platform/messages/render-reason';
import { SystemResponse } from './dto/system.response';

type Targets = Record<'rtoMinutes' | 'rpoMinutes' | 'mtdMinutes', number | null>;
type Row = Omit<SystemResponse, 'rto' | 'rpo' | 'mtd' | 'targetFindings' | 'unreachable'> &
  Targets & { rules: PolicyRules | null; reached: { owner: Addressee | null; deputy: Addressee | null } };

/** Reads of single systems. */
@Injectable()
export class SystemsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<SystemResponse> {
    const parameters = new SqlParameters();
    const scope = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', [
      's.owner_id',
      's.deputy_id',
    ]);
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT s.id, s.code, s.name, s.name_en AS "nameEn", ${organisationJson('o')} AS organisation,
         ${personJson('owner')} AS owner, ${personJson('deputy')} AS deputy, s.tier, s.lifecycle, s.confidentiality, s.integrity,
         s.availability, s.public_facing AS "publicFacing", s.outsourced, s.hosting, s.sites, s.supplier, s.note,
         s.rto_minutes AS "rtoMinutes", s.rpo_minutes AS "rpoMinutes", s.mtd_minutes AS "mtdMinutes",
         (s.created_at AT TIME ZONE ${parameters.bind(this.config.TZ_DEFAULT)})::date::text AS "registeredOn",
         s.operating_since_on::text AS "operatingSinceOn", s.tier_since_on::text AS "tierSinceOn",
         s.retired_on::text AS "retiredOn", ${allowedOnSystem(actor, parameters)} AS allowed, s.row_version AS version, s.created_at AS "createdAt", s.updated_at AS "updatedAt",
         policy.rules, json_build_object('owner', ${addresseeJson('owner')}, 'deputy', ${addresseeJson('deputy')}) AS reached
       FROM system s JOIN organisation o ON o.id = s.organisation_id
       LEFT JOIN app_user owner ON owner.id = s.owner_id LEFT JOIN app_user deputy ON deputy.id = s.deputy_id
       LEFT JOIN LATERAL (${EFFECTIVE_POLICY('s.organisation_id')}) policy ON true
       WHERE s.id = ${parameters.bind(id)} AND ${scope}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'SYSTEM_NOT_FOUND');
    return response(row, actor);
  }
}

function response({ rtoMinutes, rpoMinutes, mtdMinutes, rules, reached, ...row }: Row, actor: Actor): SystemResponse {
  const findings = rules ? checkTargets({ ...row, rtoMinutes, rpoMinutes, mtdMinutes }, rules) : [];
  const wording = { ...wordingOf(actor), ruleTitle: (key: string) => key };
  // What is planned or retired owes nothing, so nobody has to be reminded of it.
  const unreachable = row.lifecycle === 'OPERATING' ? unreachableReason(reached.owner, reached.deputy) : null;
  return {
    ...row,
    unreachable: unreachable && renderReason(unreachable, wording),
    rto: duration(rtoMinutes),
    rpo: duration(rpoMinutes),
    mtd: duration(mtdMinutes),
    targetFindings: findings.map((finding) => renderReason(finding, wording)),
  };
}

const duration = (minutes: number | null): string | null => (minutes === null ? null : formatMinutes(minutes));
