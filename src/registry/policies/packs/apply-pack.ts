import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { diffPolicies, isSamePolicy, type PolicyDiff } from '../../../core/policy/policy-diff';
import type { PolicyRules } from '../../../core/policy/rule';
import type { CivilDate } from '../../../core/time/civil-date';
import { localDate } from '../../../core/time/zone';
import type { PolicyEffects } from '../../../obligations/dry-run/effect';
import { PolicyDryRun } from '../../../obligations/dry-run/policy-dry-run';
import { EFFECTIVE_POLICY } from '../../../obligations/ledger/effective-policy';
import { type LaxPolicy, policiesLaxerThan } from '../../../obligations/ledger/policy-floors';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { adoptionDay, checkedRules } from '../drafts';
import { PoliciesService } from '../policies.service';
import { readPack } from './policy-pack';

/** What putting a pack in force would change; null when the policy in force says the same. */
export interface PackPlan {
  organisation: Named;
  /** The day from which the pack would be adopted. */
  effectiveOn: CivilDate;
  diff: PolicyDiff;
  effects: PolicyEffects;
  /** The organisations and systems that the effects name. */
  names: { organisations: Named[]; systems: Named[] };
  below: LaxPolicy[];
}

interface Named {
  id: string;
  code: string;
  name: string;
}

const NOTHING: PolicyRules = { grace: { HIGH: '', MODERATE: '', LOW: '' }, reviewAfterChange: '', rules: [] };

/** Packs of whoever runs the installation: compared with what is in force, and put in force, from the command line. */
@Injectable()
export class ApplyPack {
  constructor(
    private readonly dataSource: DataSource,
    private readonly policies: PoliciesService,
    private readonly dryRun: PolicyDryRun,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Compares a pack with the policy in force for an organisation, that of an organisation above included.
   * @param adoptedOn the day of adoption, today when absent.
   * @throws Problem 400 or 422 for a pack that is broken or too lax, UnknownOrganisation for a code that nothing has.
   */
  async plan(code: string, pack: string, adoptedOn?: CivilDate): Promise<PackPlan | null> {
    const m = this.dataSource.manager;
    const effectiveOn = adoptionDay(adoptedOn, localDate(this.clock.now(), this.config.TZ_DEFAULT));
    const { organisation, rules, before } = await this.compared(m, code, pack);
    if (before && isSamePolicy(before, rules)) return null;
    const effects = await this.dryRun.run({ organisationId: organisation.id, rules, effectiveOn });
    const named = async (table: 'organisation' | 'system', ids: readonly string[]): Promise<Named[]> =>
      m.query<Named[]>(`SELECT id, code, name FROM ${table} WHERE id = ANY($1::uuid[]) ORDER BY code, id`, [ids]);
    return {
      ...{ organisation, effectiveOn, effects },
      diff: diffPolicies(before ?? NOTHING, rules),
      names: {
        organisations: await named(
          'organisation',
          effects.organisations.map(({ organisationId }) => organisationId),
        ),
        systems: await named(
          'system',
          effects.changed.map(({ systemId }) => systemId),
        ),
      },
      below: await policiesLaxerThan(m, organisation.id, rules),
    };
  }

  /** Puts a pack in force, unless the policy in force says the same. Returns the number of the new version. @throws as `plan`, and Problem 409 beside a draft. */
  async apply(code: string, pack: string, adoptedOn?: CivilDate): Promise<number | null> {
    adoptionDay(adoptedOn, localDate(this.clock.now(), this.config.TZ_DEFAULT));
    const { organisation, rules, before } = await this.compared(this.dataSource.manager, code, pack);
    if (before && isSamePolicy(before, rules)) return null;
    return this.policies.installPack(organisation.id, rules, adoptedOn);
  }

  private async compared(m: EntityManager, code: string, pack: string) {
    const [organisation] = await m.query<Named[]>('SELECT id, code, name FROM organisation WHERE code = $1', [code]);
    if (!organisation) throw new UnknownOrganisation(code);
    const rules = await checkedRules(m, organisation.id, { ...readPack(pack) }, 'en');
    const [inForce] = await m.query<{ rules: PolicyRules }[]>(EFFECTIVE_POLICY('$1::uuid'), [organisation.id]);
    return { organisation, rules, before: inForce?.rules ?? null };
  }
}

/** A code that no organisation has. */
export class UnknownOrganisation extends Error {
  constructor(code: string) {
    super(`There is no organisation ${code}.`);
  }
}
