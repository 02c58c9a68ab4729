import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { requireOrganisation } from '../../access/scope/system-access';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { DEFAULT_POLICY } from '../../core/policy/default-policy';
import { owedSinceOf, PolicyBefore } from '../../core/policy/owed-since';
import { checkFloor, checkMonotonic } from '../../core/policy/policy-check';
import { PolicyRules } from '../../core/policy/rule';
import { localDate } from '../../core/time/zone';
import { RefreshQueue } from '../../obligations/clocks/refresh-queue';
import { EFFECTIVE_POLICY, POLICY_ABOVE } from '../../obligations/ledger/effective-policy';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { LaxPolicy, policiesBelowFloor } from '../../obligations/ledger/policy-floors';
import { refreshSubtree } from '../../obligations/refresh-subtree';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { Pack } from './dto/policy.request';
import { policyRefused } from './policies.errors';
import { checkPolicyShape } from './policy-shape';
import { Policy } from './policy.entity';

/** Parts of a policy as they come from outside, not yet checked. */
export type PolicyParts = Partial<Record<keyof PolicyRules, unknown>>;

/** A draft as it is put in force. */
type Drafted = Pick<Policy, 'id' | 'organisationId' | 'version' | 'rules' | 'status'>;

/** Writes of policies. At most one draft and one published version of an organisation exist; a published one never changes. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly refreshQueue: RefreshQueue,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Begins a new version with the parts given and the others of the pack. Returns its id.
   * @throws Problem 400 for rules of the wrong shape, 409 when there is a draft, 422 for rules that are too lax.
   */
  async createDraft(actor: Actor, organisationId: string, pack: Pack, parts: PolicyParts): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'policies:write', organisationId, 'organisationId');
      const rules = await this.checked(m, actor, organisationId, {
        ...(await this.packOf(m, organisationId, pack)),
        ...parts,
      });
      const id = newId();
      const { version, status } = await this.insertDraft(m, id, organisationId, rules, [actor.userId]);
      await this.record(m, actor, 'policy.drafted', id, organisationId, { organisationId, version, status });
      return id;
    });
  }

  /** Changes parts of a draft. @throws as `createDraft`, and 412 when it has been changed since `rowVersion`. */
  async editDraft(actor: Actor, id: string, rowVersion: number, parts: PolicyParts): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId, rules: before, writerIds } = await this.draft(m, actor, id);
      const rules = await this.checked(m, actor, organisationId, { ...before, ...parts });
      const edited = {
        rules: rules as never,
        writerIds: [...new Set([...writerIds, actor.userId])],
        rowVersion: rowVersion + 1,
      };
      requireFresh(await m.update(Policy, { id, rowVersion, status: 'DRAFT' }, edited));
      await this.record(m, actor, 'policy.changed', id, organisationId, { parts: Object.keys(parts) });
    });
  }

  /** Throws a draft away. */
  async discard(actor: Actor, id: string, rowVersion: number): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId, version } = await this.draft(m, actor, id);
      const { affected } = await m.delete(Policy, { id, rowVersion, status: 'DRAFT' });
      requireFresh({ affected: affected ?? 0 });
      await this.record(m, actor, 'policy.discarded', id, organisationId, { version });
    });
  }

  /**
   * Puts a draft in force from today, in place of the version before, and derives anew what the systems below owe: at once when they are few,
   * else by the worker.
   * @returns the policies of organisations below that are laxer than this one.
   * @throws Problem 409 OWN_REQUEST for everybody who has written it.
   */
  async publish(actor: Actor, id: string): Promise<LaxPolicy[]> {
    return this.putInForce(actor, 'policy.published', async (m) => {
      const policy = await this.draft(m, actor, id);
      if (policy.writerIds.includes(actor.userId)) throw new Problem(409, 'OWN_REQUEST');
      await this.checked(m, actor, policy.organisationId, policy.rules);
      return policy;
    });
  }

  /**
   * Puts the pack the product ships with in force where no policy is yet. Nobody wrote it, so that one person can begin with it.
   * Returns its id. @throws Problem 409 POLICY_IN_FORCE, or POLICY_DRAFT_EXISTS.
   */
  async adopt(actor: Actor, organisationId: string): Promise<string> {
    const id = newId();
    await this.putInForce(actor, 'policy.adopted', async (m) => {
      await requireNamedOrganisation(m, actor, 'policies:write', organisationId, 'organisationId');
      const [inForce] = await m.query<object[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
      if (inForce) throw new Problem(409, 'POLICY_IN_FORCE');
      return this.insertDraft(m, id, organisationId, DEFAULT_POLICY, []);
    });
    return id;
  }

  private async putInForce(
    actor: Actor,
    action: 'policy.published' | 'policy.adopted',
    take: (m: EntityManager) => Promise<Drafted>,
  ): Promise<LaxPolicy[]> {
    const { organisationId, lax, refreshed } = await this.dataSource.transaction(async (m) => {
      // Two at once, one above the other, would each be checked against what the other is about to replace.
      await m.query(`SELECT pg_advisory_xact_lock(hashtext('policy'))`);
      const { id, organisationId, rules, version } = await take(m);
      const [inForce] = await m.query<PolicyBefore[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
      const before = await m.findOneBy(Policy, { organisationId, status: 'PUBLISHED' });
      if (before) await m.update(Policy, { id: before.id }, { status: 'SUPERSEDED' });
      const now = this.clock.now();
      const effectiveOn = localDate(now, this.config.TZ_DEFAULT);
      await m.update(
        Policy,
        { id, status: 'DRAFT' },
        {
          status: 'PUBLISHED',
          effectiveOn,
          owedSince: owedSinceOf(rules, effectiveOn, inForce) as never,
          publishedAt: now,
          publishedById: actor.userId,
        },
      );
      const facts = { version, effectiveOn, supersedes: before?.version ?? null };
      await this.record(m, actor, action, id, organisationId, facts);
      const below = await policiesBelowFloor(m, organisationId);
      const refreshed = await refreshSubtree(m, this.ledger, organisationId);
      return { organisationId, lax: below.filter(({ policyId }) => policyId !== id), refreshed };
    });
    if (!refreshed) await this.refreshQueue.enqueue(organisationId);
    return lax;
  }

  private async insertDraft(
    m: EntityManager,
    id: string,
    organisationId: string,
    rules: PolicyRules,
    writerIds: string[],
  ): Promise<Drafted> {
    if (await m.existsBy(Policy, { organisationId, status: 'DRAFT' })) throw new Problem(409, 'POLICY_DRAFT_EXISTS');
    const version = ((await m.maximum(Policy, 'version', { organisationId })) ?? 0) + 1;
    const facts = { id, organisationId, version, status: 'DRAFT' as const };
    await m.insert(Policy, { ...facts, rules: rules as never, writerIds, createdAt: this.clock.now() });
    return { ...facts, rules };
  }

  /** The draft, locked, when the person may write it. */
  private async draft(m: EntityManager, actor: Actor, id: string): Promise<Policy> {
    const policy = await m.findOne(Policy, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!policy) throw new Problem(404, 'POLICY_NOT_FOUND');
    await requireOrganisation(m, actor, 'policies:write', policy.organisationId).catch((error: unknown) => {
      throw error instanceof Problem && error.status === 404 ? new Problem(404, 'POLICY_NOT_FOUND') : error;
    });
    if (policy.status !== 'DRAFT') throw new Problem(409, 'POLICY_NOT_DRAFT');
    return policy;
  }

  private async packOf(m: EntityManager, organisationId: string, pack: Pack): Promise<PolicyRules> {
    if (pack === 'default') return DEFAULT_POLICY;
    const [inForce] = await m.query<{ rules: PolicyRules }[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
    if (!inForce) throw fieldProblem(422, 'pack', 'NO_POLICY_IN_FORCE');
    return inForce.rules;
  }

  private async checked(
    m: EntityManager,
    { locale }: Actor,
    organisationId: string,
    policy: PolicyParts,
  ): Promise<PolicyRules> {
    const errors = checkPolicyShape(policy);
    if (errors.length > 0) throw new Problem(400, 'INVALID_FIELDS', { errors });
    const rules = policy as unknown as PolicyRules;
    const [floor] = await m.query<{ rules: PolicyRules }[]>(POLICY_ABOVE('$1::uuid'), [organisationId]);
    const findings = [...checkMonotonic(rules), ...(floor ? checkFloor(rules, floor.rules) : [])];
    if (findings.length > 0) throw policyRefused(findings, rules, locale);
    return rules;
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'policy', recordId, organisationId, after });
  }
}
