import type { Tier } from '../../core/importance/tier';
import type { ObligationState } from '../../core/obligation/obligation';
import type { Verdict } from '../../core/readiness/system-verdict';
import type { CivilDate } from '../../core/time/civil-date';

/** What a policy would change, in numbers. */
export interface Effect {
  /** Systems in operation under it. */
  systems: number;
  verdictsChanged: number;
  /** Obligations that begin, and of these how many an earlier proof already meets. */
  begun: number;
  begunMet: number;
  ended: number;
  /** Obligations that stay and are due on another day. */
  moved: number;
  /** Obligations that stay and become overdue or failed. */
  reddened: number;
}

/** Lists are cut at `LISTED`, but for the systems, which each reader sees others of; the figures are exact. */
export interface PolicyEffects {
  total: Effect;
  tiers: ({ tier: Tier } & Effect)[];
  /** Those in which something changes, the most changed first. */
  organisations: ({ organisationId: string } & Effect)[];
  rules: ({ ruleKey: string } & Pick<Effect, 'begun' | 'ended' | 'moved' | 'reddened'>)[];
  /** When what begins is first due, unless an earlier proof meets it. */
  firstDue: { dueOn: CivilDate; tier: Tier; obligations: number }[];
  verdicts: { tier: Tier; from: Verdict | null; to: Verdict | null; systems: number }[];
  /** All systems whose verdict changes. */
  changed: { systemId: string; from: Verdict | null; to: Verdict | null }[];
}

export const LISTED = 200;

/** One obligation as far as an effect looks at it, before or after. */
export interface Standing {
  ruleKey: string;
  dutyOf: string;
  state: ObligationState;
  dueOn: CivilDate | null;
  isProven: boolean;
}

/** One system before and after: only the obligations under rules that the policy touches. */
export interface SystemEffect {
  systemId: string;
  organisationId: string;
  tier: Tier;
  verdicts: { from: Verdict | null; to: Verdict | null };
  before: readonly Standing[];
  after: readonly Standing[];
}

const none = (): Effect => ({
  systems: 0,
  verdictsChanged: 0,
  begun: 0,
  begunMet: 0,
  ended: 0,
  moved: 0,
  reddened: 0,
});

const isRed = (state: ObligationState): boolean => state === 'OVERDUE' || state === 'FAILED';

const at = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/** Adds systems up, one at a time, to what a policy would change. */
export class EffectTally {
  private readonly total = none();
  private readonly tiers = new Map<Tier, Effect>();
  private readonly organisations = new Map<string, Effect>();
  private readonly rules = new Map<string, Effect>();
  private readonly firstDue = new Map<string, PolicyEffects['firstDue'][number]>();
  private readonly verdicts = new Map<string, PolicyEffects['verdicts'][number]>();
  private readonly changed: PolicyEffects['changed'] = [];

  add({ systemId, organisationId, tier, verdicts, before, after }: SystemEffect): void {
    const places = [this.total, at(this.tiers, tier, none), at(this.organisations, organisationId, none)];
    const count = (figure: keyof Effect, ruleKey?: string): void => {
      for (const place of ruleKey ? [...places, at(this.rules, ruleKey, none)] : places) place[figure] += 1;
    };
    count('systems');
    if (verdicts.from !== verdicts.to) {
      count('verdictsChanged');
      const key = `${tier} ${verdicts.from} ${verdicts.to}`;
      at(this.verdicts, key, () => ({ tier, ...verdicts, systems: 0 })).systems += 1;
      this.changed.push({ systemId, ...verdicts });
    }
    const old = new Map(before.map((standing) => [`${standing.ruleKey}:${standing.dutyOf}`, standing]));
    for (const now of after) {
      const key = `${now.ruleKey}:${now.dutyOf}`;
      const was = old.get(key);
      old.delete(key);
      if (was) {
        if (was.dueOn !== now.dueOn) count('moved', now.ruleKey);
        if (isRed(now.state) && !isRed(was.state)) count('reddened', now.ruleKey);
        continue;
      }
      count('begun', now.ruleKey);
      if (now.isProven) count('begunMet', now.ruleKey);
      else if (now.dueOn !== null) {
        const { dueOn } = now;
        at(this.firstDue, `${dueOn} ${tier}`, () => ({ dueOn, tier, obligations: 0 })).obligations += 1;
      }
    }
    for (const { ruleKey } of old.values()) count('ended', ruleKey);
  }

  effects(): PolicyEffects {
    const weight = ({ verdictsChanged, begun, ended, moved, reddened }: Effect): number =>
      verdictsChanged + begun + ended + moved + reddened;
    return {
      total: this.total,
      tiers: [...this.tiers].map(([tier, effect]) => ({ tier, ...effect })),
      organisations: [...this.organisations]
        .map(([organisationId, effect]) => ({ organisationId, ...effect }))
        .filter((effect) => weight(effect) > 0)
        .sort((a, b) => weight(b) - weight(a) || (a.organisationId < b.organisationId ? -1 : 1))
        .slice(0, LISTED),
      rules: [...this.rules].map(([ruleKey, { begun, ended, moved, reddened }]) => ({
        ruleKey,
        ...{ begun, ended, moved, reddened },
      })),
      firstDue: [...this.firstDue.values()]
        .sort((a, b) => (a.dueOn === b.dueOn ? (a.tier < b.tier ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
        .slice(0, LISTED),
      verdicts: [...this.verdicts.values()],
      changed: this.changed,
    };
  }
}
