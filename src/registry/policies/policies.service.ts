import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { DEFAULT_POLICY } from '../../core/policy/default-policy';
import { dated, DatedPolicy } from '../../core/policy/grace';
import { PolicyRules } from '../../core/policy/rule';
import { CivilDate } from '../../core/time/civil-date';
import { localDate } from '../../core/time/zone';
import { RefreshQueue } from '../../obligations/clocks/refresh-queue';
import { EFFECTIVE_POLICY } from '../../obligations/ledger/effective-policy';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { LaxPolicy, policiesBelowFloor } from '../../obligations/ledger/policy-floors';
import { refreshSubtree } from '../../obligations/refresh-subtree';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { Pack } from './dto/policy.request';
import { adoptionDay, checkedRules, lockDraft, type PolicyParts } from './drafts';
import { Policy } from './policy.entity';
import { PolicyPreview } from './preview/policy-preview.entity';

/** A draft as it is put in force. */
type Drafted = Pick<Policy, 'id' | 'organisationId' | 'version' | 'rules' | 'status'>;

/** By whom, or null by the command line, and from which day when not from today. */
interface Publication {
  actor: Actor | null;
  action: 'policy.published' | 'policy.adopted';
  adoptedOn?: CivilDate | null;
}

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
      const whole = { ...(await this.packOf(m, organisationId, pack)), ...parts };
      const rules = await checkedRules(m, organisationId, whole, actor.locale);
      const id = newId();
      const { version, status } = await this.insertDraft(m, id, organisationId, rules, [actor.userId]);
      await this.record(m, actor, 'policy.drafted', id, organisationId, { organisationId, version, status });
      return id;
    });
  }

  /** Changes parts of a draft. @throws as `createDraft`, and 412 when it has been changed since `rowVersion`. */
  async editDraft(actor: Actor, id: string, rowVersion: number, parts: PolicyParts): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId, rules: before, writerIds } = await lockDraft(m, actor, id);
      const rules = await checkedRules(m, organisationId, { ...before, ...parts }, actor.locale);
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
      const { organisationId, version } = await lockDraft(m, actor, id);
      await m.delete(PolicyPreview, { policyId: id });
      const { affected } = await m.delete(Policy, { id, rowVersion, status: 'DRAFT' });
      requireFresh({ affected: affected ?? 0 });
      await this.record(m, actor, 'policy.discarded', id, organisationId, { version });
    });
  }

  /**
   * Puts a draft in force, in place of the version before, and derives anew what the systems below owe: at once when they are few, else by the
   * worker. What it newly asks for is owed from the day of adoption, today when absent, and first due after its grace.
   * @returns the policies of organisations below that are laxer than this one.
   * @throws Problem 409 OWN_REQUEST for everybody who has written it, 422 for a day that has gone by.
   */
  async publish(actor: Actor, id: string, adoptedOn?: CivilDate | null): Promise<LaxPolicy[]> {
    const publication = { actor, action: 'policy.published', adoptedOn } as const;
    return this.putInForce(publication, async (m) => {
      const policy = await lockDraft(m, actor, id);
      if (policy.writerIds.includes(actor.userId)) throw new Problem(409, 'OWN_REQUEST');
      await checkedRules(m, policy.organisationId, policy.rules, actor.locale);
      return policy;
    });
  }

  /**
   * Puts the pack the product ships with in force where no policy is yet. Nobody wrote it, so that one person can begin with it.
   * Returns its id. @throws Problem 409 POLICY_IN_FORCE, or POLICY_DRAFT_EXISTS.
   */
  async adopt(actor: Actor, organisationId: string): Promise<string> {
    const id = newId();
    await this.putInForce({ actor, action: 'policy.adopted' }, async (m) => {
      await requireNamedOrganisation(m, actor, 'policies:write', organisationId, 'organisationId');
      const [inForce] = await m.query<object[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
      if (inForce) throw new Problem(409, 'POLICY_IN_FORCE');
      return this.insertDraft(m, id, organisationId, DEFAULT_POLICY, []);
    });
    return id;
  }

  /** Puts rules in force that come from the command line, checked already. Nobody signed in wrote them. Returns the number of the version. @throws Problem 422 for a day that has gone by. */
  async installPack(organisationId: string, rules: PolicyRules, adoptedOn?: CivilDate): Promise<number> {
    const publication = { actor: null, action: 'policy.published', adoptedOn } as const;
    let version = 0;
    await this.putInForce(publication, async (m) => {
      const draft = await this.insertDraft(m, newId(), organisationId, rules, []);
      await this.record(m, null, 'policy.drafted', draft.id, organisationId, {
        organisationId,
        version: draft.version,
      });
      version = draft.version;
      return draft;
    });
    return version;
  }

  private async putInForce(
    { actor, action, adoptedOn }: Publication,
    take: (m: EntityManager) => Promise<Drafted>,
  ): Promise<LaxPolicy[]> {
    const { organisationId, lax, refreshed } = await this.dataSource.transaction(async (m) => {
      // Two at once, one above the other, would each be checked against what the other is about to replace.
      await m.query(`SELECT pg_advisory_xact_lock(hashtext('policy'))`);
      const { id, organisationId, rules, version } = await take(m);
      const [inForce] = await m.query<DatedPolicy[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
      const before = await m.findOneBy(Policy, { organisationId, status: 'PUBLISHED' });
      if (before) await m.update(Policy, { id: before.id }, { status: 'SUPERSEDED' });
      const now = this.clock.now();
      const effectiveOn = adoptionDay(adoptedOn, localDate(now, this.config.TZ_DEFAULT));
      const { owedSince, eased } = dated(rules, effectiveOn, inForce);
      await m.update(
        Policy,
        { id, status: 'DRAFT' },
        {
          status: 'PUBLISHED',
          effectiveOn,
          ...{ owedSince: owedSince as never, eased: eased as never },
          publishedAt: now,
          publishedById: actor?.userId ?? null,
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

  private async packOf(m: EntityManager, organisationId: string, pack: Pack): Promise<PolicyRules> {
    if (pack === 'default') return DEFAULT_POLICY;
    const [inForce] = await m.query<{ rules: PolicyRules }[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
    if (!inForce) throw fieldProblem(422, 'pack', 'NO_POLICY_IN_FORCE');
    return inForce.rules;
  }

  private record(
    m: EntityManager,
    actor: Actor | null,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'policy', recordId, organisationId, after });
  }
}
