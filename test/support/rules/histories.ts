import * as fc from 'fast-check';
import { DRILL_TYPES, type EvidenceFacts, OUTCOMES } from '../../../src/core/evidence/evidence';
import { STRENGTHS } from '../../../src/core/evidence/evidence-strength';
import { TIERS } from '../../../src/core/importance/tier';
import type { Duty } from '../../../src/core/obligation/derive-obligations';
import { type EasedTerms, TIGHTENINGS } from '../../../src/core/obligation/eased-terms';
import type { Ruling } from '../../../src/core/obligation/obligation';
import { DEFAULT_POLICY } from '../../../src/core/policy/default-policy';
import { isLonger } from '../../../src/core/policy/policy-check';
import type { TierTerms } from '../../../src/core/policy/rule';
import { addDays, laterOf } from '../../../src/core/time/civil-date';
import { NEW_YORK, TOKYO, dutyOf, proofOf, rulingOf } from './duties';

/** A duty with everything that is known of it, now and later, and an instant to judge it at. */
export interface History {
  duty: Duty;
  evidence: EvidenceFacts[];
  rulings: Ruling[];
  asOf: Date;
  timeZone: string;
}

const FIRST_DAY = '2026-01-01';
const FIRST_INSTANT = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const DAYS = 800;

const DUTIES = DEFAULT_POLICY.rules
  .filter(({ kind }) => kind !== 'TARGET')
  .flatMap(({ key, tiers }) => TIERS.filter((tier) => tiers[tier]).map((tier) => ({ key, tier })));

const days = fc.integer({ min: 0, max: DAYS });
const civilDay = days.map((day) => addDays(FIRST_DAY, day));

/** Few times of day, so that records meet at one instant and at the midnights of both zones. */
const instants = fc
  .tuple(days, fc.constantFrom(0, 5, 12, 14.999_999_9, 15, 20))
  .map(([day, hour]) => new Date(FIRST_INSTANT + day * DAY + Math.round(hour * 3_600_000)));

interface Asked {
  /** Whether any strength was enough. */
  weak: boolean;
  cadence: string | null;
  copies: NonNullable<TierTerms['copies']>;
}

type Eased = Omit<EasedTerms, 'former'> & { asked: Asked | null };

/** What was asked before, where something was. */
const easings: fc.Arbitrary<Eased> = fc
  .record({
    by: fc.constantFrom(...TIGHTENINGS),
    sinceOn: civilDay,
    days: fc.constantFrom(0, 7, 30, 90),
    asked: fc.option(
      fc.record<Asked>({
        weak: fc.boolean(),
        cadence: fc.option(fc.constantFrom('P1M', 'P6M', 'P12M', 'P24M')),
        copies: fc.record({ copies: fc.integer({ min: 0, max: 2 }) }),
      }),
    ),
  })
  .map(({ days: lasts, ...easing }) => ({ ...easing, untilOn: addDays(easing.sinceOn, lasts) }));

const duties: fc.Arbitrary<Duty> = fc
  .record({
    of: fc.constantFrom(...DUTIES),
    anchor: fc.constantFrom('LAST_DONE' as const, 'FISCAL_YEAR' as const),
    cadence: fc.option(fc.constantFrom('P1D', 'P7D', 'P1M', 'P3M', 'P6M', 'P12M')),
    firstDueOn: civilDay,
    changedOn: fc.option(civilDay),
    rpoMinutes: fc.constantFrom(60, 1440, 10_080),
    eased: fc.oneof(fc.constant<Eased[]>([]), fc.array(easings, { maxLength: 2 })),
  })
  .map(({ of, anchor, cadence, eased, ...facts }) => {
    const known = dutyOf(of.key, of.tier, { ...facts, owedSinceOn: addDays(FIRST_DAY, -1) });
    const periodic = known.terms.cadence !== undefined && cadence !== null;
    const rule = { ...known.rule, anchor };
    const terms = periodic ? { ...known.terms, cadence } : known.terms;
    const former = eased.map(({ asked, ...rest }): EasedTerms => ({
      ...rest,
      former: asked && {
        rule: asked.weak ? { ...rule, minStrength: undefined } : rule,
        terms: { ...terms, ...laxer(terms, asked) },
        ...{ grace: 'P90D', reviewAfterChange: 'P60D' },
      },
    }));
    // What was not asked before has its first proof due at the end of the grace at the earliest.
    const firstDueOn = laterOf(facts.firstDueOn, ...former.flatMap((one) => (one.former ? [] : [one.untilOn])));
    return { ...known, rule, terms, firstDueOn, eased: former };
  });

/** Terms that are kept by at least as much. */
function laxer(terms: TierTerms, { cadence, copies }: Asked): Partial<TierTerms> {
  if (terms.copies) return { copies };
  return terms.cadence && (!cadence || isLonger(cadence, terms.cadence)) ? { cadence: cadence ?? undefined } : {};
}

const recordFor = (duty: Duty): fc.Arbitrary<EvidenceFacts> =>
  fc
    .record({
      performedAt: instants,
      outcome: fc.constantFrom(...OUTCOMES),
      strength: fc.oneof(fc.constant(duty.rule.minStrength ?? 'DECLARED'), fc.constantFrom(...STRENGTHS)),
      lagMinutes: fc.option(fc.constantFrom(0, 30, 1440)),
      kind: fc.constantFrom(...(duty.rule.metBy?.kinds ?? [])),
      creditedDrillType: duty.rule.kind === 'DRILL' ? fc.constantFrom(...DRILL_TYPES, null) : fc.constant(null),
      copies: fc.integer({ min: 0, max: 4 }),
      elsewhere: fc.boolean(),
    })
    .map(({ lagMinutes, copies, elsewhere, ...facts }) =>
      proofOf(duty, facts.performedAt, {
        ...facts,
        recoveryPointAt: lagMinutes === null ? null : new Date(facts.performedAt.getTime() - lagMinutes * 60_000),
        copyFacts: { copies, offsite: copies, offlineOrImmutable: copies, encrypted: copies },
        ...(elsewhere && duty.rule.scope === 'BACKUP_REQUIREMENT' && { backupRequirementId: 'other' }),
      }),
    );

const rulingFor = (duty: Duty): fc.Arbitrary<Ruling> =>
  fc
    .record({
      state: fc.constantFrom('WAIVED' as const, 'NOT_APPLICABLE' as const),
      grantedAt: instants,
      expiresOn: civilDay,
      endless: fc.boolean(),
    })
    .map(({ endless, ...facts }) =>
      rulingOf(duty, { ...facts, expiresOn: endless && facts.state === 'NOT_APPLICABLE' ? null : facts.expiresOn }),
    );

/** Histories of any duty of the default pack over some two years, judged at any instant within them. */
export const histories: fc.Arbitrary<History> = duties.chain((duty) =>
  fc.record({
    duty: fc.constant(duty),
    evidence: fc
      .array(recordFor(duty), { maxLength: 8 })
      .map((records) => records.map((facts, index) => ({ ...facts, id: `evidence-${index}` }))),
    rulings: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Ruling[]>([]) },
      { arbitrary: fc.array(rulingFor(duty), { maxLength: 3 }), weight: 1 },
    ),
    asOf: instants,
    timeZone: fc.constantFrom(TOKYO, NEW_YORK),
  }),
);
