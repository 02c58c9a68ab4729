import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../../access/actor';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import type { PolicyRules } from '../../../core/policy/rule';
import { LISTED, type PolicyEffects } from '../../../obligations/dry-run/effect';
import { type LaxPolicy, policiesLaxerThan } from '../../../obligations/ledger/policy-floors';
import { Problem } from '../../../platform/http/problem';
import type { EffectsResponse, OrganisationEffectResponse, PolicyPreviewResponse } from '../dto/preview.response';
import { findingSentence } from '../finding-words';
import { visiblePolicies } from '../visible-policies';

type Row = Omit<PolicyPreviewResponse, 'effects'> & {
  organisationId: string;
  rules: PolicyRules;
  /** Titles of rules that are gone. */
  rulesBefore: PolicyRules | null;
  effects: Omit<PolicyEffects, 'changed'> | null;
  organisations: Record<string, OrganisationEffectResponse['organisation']> | null;
  changed: EffectsResponse['changed'];
};

/** Reads of dry runs: the figures to all who may read the draft, the names of systems to those who may see them. */
@Injectable()
export class PolicyPreviewsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 404 when the policy is not there or not to be seen. */
  async get(actor: Actor, policyId: string): Promise<PolicyPreviewResponse> {
    const parameters = new SqlParameters();
    const seen = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', [
      's.owner_id',
      's.deputy_id',
    ]);
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT coalesce(v.status, 'NONE') AS status, coalesce(v.row_version = p.row_version, false) AS current,
         v.effective_on::text AS "effectiveOn", coalesce(v.systems_read, 0) AS "systemsRead",
         coalesce(v.systems_total, 0) AS "systemsTotal", v.finished_at AS "finishedAt", v.effects - 'changed' AS effects,
         p.organisation_id AS "organisationId", p.rules,
         (SELECT b.rules FROM policy b JOIN organisation_closure c ON c.ancestor_id = b.organisation_id
          WHERE c.organisation_id = p.organisation_id AND b.status = 'PUBLISHED' ORDER BY c.depth LIMIT 1) AS "rulesBefore",
         (SELECT json_object_agg(o.id, ${organisationJson('o')}) FROM organisation o
          WHERE o.id IN (SELECT (one->>'organisationId')::uuid FROM jsonb_array_elements(v.effects->'organisations') one)) AS organisations,
         (SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name, 'nameEn', c.name_en, 'tier', c.tier,
            'from', c."from", 'to', c."to") ORDER BY c.weight, c.code, c.id), '[]') FROM (
            SELECT s.*, array_position(ARRAY['HIGH','MODERATE','LOW'], s.tier) AS weight, one."from", one."to"
            FROM jsonb_to_recordset(v.effects->'changed') AS one("systemId" uuid, "from" text, "to" text)
            JOIN system s ON s.id = one."systemId" WHERE ${seen} ORDER BY weight, s.code, s.id LIMIT ${LISTED}) c) AS changed
       FROM policy p LEFT JOIN policy_preview v ON v.policy_id = p.id
       WHERE p.id = ${parameters.bind(policyId)} AND ${visiblePolicies(actor, parameters)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'POLICY_NOT_FOUND');
    const { organisationId, rules, effects, organisations, changed, rulesBefore, ...preview } = row;
    if (!effects) return { ...preview, effects: null };
    const below = await policiesLaxerThan(this.dataSource.manager, organisationId, rules);
    const titles = new Map([...(rulesBefore?.rules ?? []), ...rules.rules].map(({ key, title }) => [key, title]));
    return {
      ...preview,
      effects: {
        ...effects,
        organisations: effects.organisations.flatMap(({ organisationId: id, ...effect }) => {
          const organisation = organisations?.[id];
          return organisation ? [{ organisation, ...effect }] : [];
        }),
        rules: effects.rules.map((effect) => ({
          ...effect,
          ruleTitle: titles.get(effect.ruleKey)?.[actor.locale] ?? effect.ruleKey,
        })),
        changed,
        below: below.map((policy) => belowResponse(policy, actor)),
      },
    };
  }
}

function belowResponse(
  { policyId, organisation, findings, rules }: LaxPolicy,
  { locale }: Actor,
): EffectsResponse['below'][number] {
  return { policyId, organisation, findings: findings.map((finding) => findingSentence(finding, rules, locale)) };
}
