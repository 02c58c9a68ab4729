import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { TIERS } from '../../core/importance/tier';
import { checkFloor } from '../../core/policy/policy-check';
import { type CellChange, diffPolicies } from '../../core/policy/policy-diff';
import { PolicyRules, Rule, TierTerms } from '../../core/policy/rule';
import { formatMinutes } from '../../core/time/duration';
import { EFFECTIVE_POLICY, POLICY_ABOVE } from '../../obligations/ledger/effective-policy';
import { decodeCursor, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { ListPoliciesQuery } from './dto/policy.request';
import { cellWords, findingSentence } from './finding-words';
import { visiblePolicies } from './visible-policies';
import {
  PolicyChangesResponse,
  PolicyPage,
  PolicyResponse,
  PolicyRuleResponse,
  type PolicyStep,
  PolicySummary,
  TiersOfRule,
  TierTermsResponse,
} from './dto/policy.response';

const SUMMARY = `p.id, ${organisationJson('o')} AS organisation, p.version, p.status, p.effective_on::text AS "effectiveOn",
  p.published_at AS "publishedAt", ${personJson('u')} AS "publishedBy", p.row_version AS "rowVersion"`;
const FROM =
  'policy p JOIN organisation o ON o.id = p.organisation_id LEFT JOIN app_user u ON u.id = p.published_by_id';

type FullRow = PolicySummary & { rules: PolicyRules; offered: PolicyStep[]; floor: PolicyRules | null };

/** What may be done now with a version that the caller may write, as SQL of an array: nobody publishes what they have written. */
const offeredTo = (writable: string, userId: string): string => `array_remove(ARRAY[
  CASE WHEN ${writable} AND p.status = 'PUBLISHED' AND NOT EXISTS
    (SELECT FROM policy draft WHERE draft.organisation_id = p.organisation_id AND draft.status = 'DRAFT') THEN 'draft' END,
  CASE WHEN ${writable} AND p.status = 'DRAFT' THEN 'edit' END,
  CASE WHEN ${writable} AND p.status = 'DRAFT' AND ${userId} <> ALL (p.writer_ids) THEN 'publish' END], NULL)`;

/** Reads of policies. A person sees those of their organisations and, once published, those above: they are in force below. Of an agency that keeps its details to itself they see what is published. */
@Injectable()
export class PoliciesQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list(actor: Actor, query: ListPoliciesQuery): Promise<PolicyPage> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'text', 'number', 'id')?.map(bind);
    const conditions = [
      visiblePolicies(actor, parameters),
      query.organisationId && `p.organisation_id = ${bind(query.organisationId)}`,
      query.inForceFor && `p.id = (SELECT id FROM (${EFFECTIVE_POLICY(`${bind(query.inForceFor)}::uuid`)}) in_force)`,
      query.status && `p.status = ${bind(query.status)}`,
      place && `(o.code, -p.version, p.id) > (${place[0]}::text, ${place[1]}::integer, ${place[2]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<PolicySummary[]>(
      `SELECT ${SUMMARY} FROM ${FROM} WHERE ${conditions.join(' AND ')}
       ORDER BY o.code, -p.version, p.id LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    return pageOf(rows, query.limit, ({ organisation, version, id }) => [organisation.code, -version, id]);
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<PolicyResponse> {
    const { rules: content, floor, ...summary } = await this.row(actor, id);
    const lax = floor && summary.status !== 'SUPERSEDED' ? checkFloor(content, floor) : [];
    const { grace, reviewAfterChange, rules } = content;
    return {
      ...summary,
      ...{ grace, reviewAfterChange },
      rules: rules.map((rule) => ruleResponse(rule, content, actor)),
      findings: lax.map((finding) => findingSentence(finding, content, actor.locale)),
    };
  }

  /** The rules as data. @throws Problem 404 when they are not there or not to be seen. */
  async rules(actor: Actor, id: string): Promise<PolicyRules> {
    return (await this.row(actor, id)).rules;
  }

  /**
   * What differs from version `since` of the same organisation, else from the version before, else from what is in force above.
   * @throws Problem 404 when it, or that version, is not there or not to be seen.
   */
  async changes(actor: Actor, id: string, since: number | null): Promise<PolicyChangesResponse> {
    const { rules: content, version, organisation } = await this.row(actor, id);
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const [at, before] = [bind(organisation.id), bind(since ?? version - 1)];
    const chosen =
      since === null
        ? `(p.organisation_id = ${at} AND p.version = ${before} OR p.id = (SELECT id FROM (${POLICY_ABOVE(`${at}::uuid`)}) above))`
        : `p.organisation_id = ${at} AND p.version = ${before}`;
    const [older] = await this.dataSource.query<(PolicySummary & { rules: PolicyRules })[]>(
      `SELECT ${SUMMARY}, p.rules FROM ${FROM} WHERE ${chosen} AND ${visiblePolicies(actor, parameters)}
       ORDER BY p.organisation_id = ${at} DESC LIMIT 1`,
      parameters.values,
    );
    if (!older && since !== null) throw new Problem(404, 'POLICY_NOT_FOUND');
    if (!older) return { since: null, cells: [], rules: [] };
    const { rules: old, ...summary } = older;
    const { cells, rules } = diffPolicies(old, content);
    const worded = (cell: CellChange) => cellWords(cell, actor.locale);
    return {
      since: summary,
      cells: cells.map(worded),
      rules: rules.map(({ title, cells: changed, ...rule }) => ({
        ...rule,
        ruleTitle: title[actor.locale],
        cells: changed.map(worded),
      })),
    };
  }

  private async row(actor: Actor, id: string): Promise<FullRow> {
    const parameters = new SqlParameters();
    const condition = visiblePolicies(actor, parameters);
    const writable = scopeCondition(scopeOf(actor, 'policies:write'), parameters, 'p.organisation_id');
    const [row] = await this.dataSource.query<FullRow[]>(
      `SELECT ${SUMMARY}, p.rules, ${offeredTo(writable, parameters.bind(actor.userId))} AS offered, floor.rules AS floor
       FROM ${FROM} LEFT JOIN LATERAL (${POLICY_ABOVE('o.id')}) floor ON true WHERE p.id = ${parameters.bind(id)} AND ${condition}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'POLICY_NOT_FOUND');
    return row;
  }
}

function ruleResponse(rule: Rule, { grace }: PolicyRules, actor: Actor): PolicyRuleResponse {
  const tiers: TiersOfRule = {};
  for (const tier of TIERS) {
    const terms = rule.tiers[tier];
    if (terms) tiers[tier] = termsResponse(rule, terms, grace[tier]);
  }
  return {
    key: rule.key,
    kind: rule.kind,
    title: rule.title[actor.locale],
    scope: rule.scope,
    optional: rule.optional ?? false,
    clause: rule.clause ?? null,
    edition: rule.edition ?? null,
    target: rule.target ?? null,
    metBy: rule.metBy ?? null,
    anchor: rule.anchor ?? 'LAST_DONE',
    conditions: rule.conditions ?? [],
    tiers,
  };
}

function termsResponse(rule: Rule, terms: TierTerms, grace: string): TierTermsResponse {
  return {
    required: !terms.advisedOnly,
    gating: terms.gating,
    cadence: terms.cadence ?? null,
    grace,
    minStrength: rule.minStrength ?? null,
    maximum: terms.maxMinutes === undefined ? null : formatMinutes(terms.maxMinutes),
    copies: terms.copies ?? null,
    conditions: terms.conditions ?? [],
  };
}
