import type { EvidenceFacts } from '../../../src/core/evidence/evidence';
import {
  type BackupRequirementFacts,
  type SystemFacts,
  deriveDuties,
} from '../../../src/core/obligation/derive-obligations';
import { judgeDuty } from '../../../src/core/obligation/judge-duty';
import type { Judgement, ObligationState, Ruling } from '../../../src/core/obligation/obligation';
import { DEFAULT_POLICY } from '../../../src/core/policy/default-policy';
import { dated, type DatedPolicy } from '../../../src/core/policy/grace';
import type { PolicyRules } from '../../../src/core/policy/rule';
import { type Verdict, systemVerdict } from '../../../src/core/readiness/system-verdict';
import { TOKYO, dutyOf, proofOf, systemFacts, tokyo } from './duties';

/** Everything that is known of one system at a moment of its story. */
export interface World {
  system: SystemFacts;
  requirements: BackupRequirementFacts[];
  policy: DatedPolicy;
  evidence: EvidenceFacts[];
  rulings: Ruling[];
}

type Event = (world: World, at: Date) => World;

/** One line of a story: when, what happens then, and what is expected at that very instant. */
export type Scene = [
  at: string,
  event: string,
  happens: Event | null,
  states: Record<string, ObligationState | undefined>,
  verdict?: Verdict,
];

/** What nobody does: time passes. */
export const nothing = null;

/** Proof of a rule, of the requirement `backups` where it is on backups, just strong enough. */
export const proof =
  (key: string, facts: Partial<EvidenceFacts> = {}): Event =>
  (world, at) => {
    const duty = dutyOf(key, world.system.tier, { backupRequirementId: 'backups' });
    const scoped = duty.rule.scope === 'SYSTEM' ? { backupRequirementId: null } : {};
    return { ...world, evidence: [...world.evidence, proofOf(duty, at, { ...scoped, ...facts })] };
  };

export const failure = (key: string): Event => proof(key, { outcome: 'FAILED' });

/** Several things at the same instant. */
export const together =
  (...events: Event[]): Event =>
  (world, at) =>
    events.reduce((sofar, event) => event(sofar, at), world);

export const declareBackups =
  (on: string): Event =>
  (world) => ({
    ...world,
    requirements: [
      {
        ...{ id: 'backups', declaredOn: on, changedOn: null, rpoMinutes: 1440 },
        ...{ verificationCadence: null, restoreTestCadence: null },
      },
    ],
  });

export const change =
  (facts: Partial<SystemFacts>): Event =>
  (world) => ({ ...world, system: { ...world.system, ...facts } });

export const rule =
  (ruling: Omit<Ruling, 'grantedAt' | 'backupRequirementId'>): Event =>
  (world, at) => ({ ...world, rulings: [...world.rulings, { ...ruling, backupRequirementId: null, grantedAt: at }] });

/** A new version of the policy comes into force on a day. */
export const publish =
  (effectiveOn: string, policy: PolicyRules): Event =>
  (world) => ({ ...world, policy: dated(policy, effectiveOn, world.policy) });

/** The world at the start: a plain system registered on 1 April 2026 under the default policy. */
export const world = (facts: Partial<SystemFacts> = {}, policy: PolicyRules = DEFAULT_POLICY): World => ({
  system: systemFacts(facts),
  requirements: [],
  policy: dated(policy, '2025-04-01'),
  evidence: [],
  rulings: [],
});

/** Judges every duty of the world, by the key of its rule, and the system. */
export function judgeWorld(
  { system, requirements, policy: { rules: policy, owedSince, eased }, evidence, rulings }: World,
  asOf: Date,
): { judgements: Map<string, Judgement>; verdict: Verdict } {
  const judged = deriveDuties(system, requirements, policy, owedSince, eased).map((duty) => ({
    duty,
    judgement: judgeDuty(duty, evidence, rulings, policy, policy.grace[system.tier], { asOf, timeZone: TOKYO }),
  }));
  return {
    judgements: new Map(judged.map(({ duty, judgement }) => [duty.rule.key, judgement])),
    verdict: systemVerdict(
      judged.map(({ duty, judgement }) => ({ state: judgement.state, gating: duty.terms.gating })),
    ),
  };
}

/** Tells a story: one test for each scene, after everything that happened up to it. Scenes are in the order of time. */
export function tell(start: World, scenes: readonly Scene[]): void {
  let sofar = start;
  const told = scenes.map(([at, event, happens, states, verdict]) => {
    if (happens) sofar = happens(sofar, tokyo(at));
    return { at, event, then: sofar, states, verdict };
  });
  it.each(told)('$at $event: $states $verdict', ({ at, then, states, verdict }) => {
    const outcome = judgeWorld(then, tokyo(at));
    const seen = Object.fromEntries(Object.keys(states).map((key) => [key, outcome.judgements.get(key)?.state]));
    expect({ states: seen, verdict: verdict && outcome.verdict }).toEqual({ states, verdict });
  });
}
