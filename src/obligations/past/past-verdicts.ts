import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tier } from '../../core/importance/tier';
import type { ObligationCounts } from '../../core/readiness/roll-up';
import { addDays, type CivilDate } from '../../core/time/civil-date';
import { startOfDay } from '../../core/time/zone';
import { Config } from '../../platform/config/config';
import { assessSystem } from '../ledger/assess-system';
import { type FactsOfSystem, loadFacts, loadSystems, PolicyCache } from '../ledger/obligation-facts';
import type { SystemReadiness } from '../system-readiness.entity';

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What is recorded of these decides no verdict, or carries the instant from which it counts. Whatever else is on record does. */
export const WITHOUT_BEARING: readonly string[] = (
  'access advice api_token audit calendar_feed channel drill drill_run evidence factor import-profile inlet list mail mail_link oidc procedure reminder report ' +
  'restore_test security_settings session snooze user'
).split(' ');

/** Systems of one organisation, tier, lifecycle and verdict, as `readiness_count` has them. */
export type StandingCount = ObligationCounts & {
  organisationId: string;
  tier: Tier;
  lifecycle: string;
  /** The verdict, or '-' for systems without one. */
  verdict: string;
  systems: number;
  policyIds: string[];
};

/** How every system stood at the end of a day that has passed: the same rules over the facts up to that instant (domain.md section 5). */
@Injectable()
export class PastVerdicts {
  private readonly policies = new PolicyCache();

  constructor(private readonly config: Config) {}

  /**
   * Whether the end of the day can still be derived: since then nothing but time and proof has changed what verdicts rest on. The register keeps no
   * older state of systems, policies, requirements, waivers and improvement items.
   */
  async isDerivable(m: EntityManager, on: CivilDate): Promise<boolean> {
    const [row] = await m.query<{ changed: boolean }[]>(
      `SELECT EXISTS (SELECT FROM audit_event WHERE at >= $1 AND split_part(action, '.', 1) <> ALL($2::text[])) AS changed`,
      [this.endOf(on), WITHOUT_BEARING],
    );
    return row?.changed === false;
  }

  /** The counts at the end of the day, in pages of systems. Proof that came in late counts: it tells what was so. */
  async countsAt(m: EntityManager, on: CivilDate): Promise<StandingCount[]> {
    const moment = { asOf: new Date(this.endOf(on).getTime() - 1), timeZone: this.config.TZ_DEFAULT };
    const counts = new Map<string, StandingCount>();
    for (let after = FIRST; ;) {
      const page = await m.query<{ id: string }[]>(`SELECT id FROM system WHERE id > $1 ORDER BY id LIMIT ${PAGE}`, [
        after,
      ]);
      const last = page.at(-1);
      if (!last) return [...counts.values()];
      after = last.id;
      const ids = page.map(({ id }) => id);
      const facts = (await loadFacts(m, await loadSystems(m, ids, moment.timeZone), moment.asOf)).filter(
        ({ system }) => system.operatingSinceOn <= on,
      );
      const policies = await this.policies.load(
        m,
        facts.flatMap(({ policyId }) => policyId ?? []),
      );
      for (const of of facts) {
        const inForce = (of.policyId && policies.get(of.policyId)) || null;
        add(counts, assessSystem(asThen(of, on, moment.asOf), inForce, moment).readiness);
      }
    }
  }

  private endOf(on: CivilDate): Date {
    return startOfDay(addDays(on, 1), this.config.TZ_DEFAULT);
  }
}

/** Without what was declared, granted or opened only later. */
function asThen(facts: FactsOfSystem, on: CivilDate, asOf: Date): FactsOfSystem {
  return {
    ...facts,
    requirements: facts.requirements.filter(({ declaredOn }) => declaredOn <= on),
    rulings: facts.rulings.filter(({ grantedAt }) => !grantedAt || grantedAt <= asOf),
    items: facts.items.filter(({ openedAt }) => openedAt <= asOf),
    stored: [],
  };
}

function add(counts: Map<string, StandingCount>, of: SystemReadiness): void {
  const { organisationId, tier, lifecycle, policyId } = of;
  const verdict = of.verdict ?? '-';
  const key = [organisationId, tier, lifecycle, verdict].join();
  const zero = { systems: 0, applicable: 0, met: 0, dueSoon: 0, overdue: 0, failed: 0, unknown: 0, waived: 0 };
  const count = counts.get(key) ?? { organisationId, tier, lifecycle, verdict, policyIds: [], ...zero };
  counts.set(key, count);
  count.systems += 1;
  for (const figure of ['applicable', 'met', 'dueSoon', 'overdue', 'failed', 'unknown', 'waived'] as const)
    count[figure] += of[figure];
  if (policyId && !count.policyIds.includes(policyId)) count.policyIds.push(policyId);
}
