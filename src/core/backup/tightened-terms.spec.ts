import * as fc from 'fast-check';
import { systemFacts } from '../../../test/support/rules/duties';
import { TIERS } from '../importance/tier';
import { BackupRequirementFacts, deriveDuties } from '../obligation/derive-obligations';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { owedSinceOf } from '../policy/owed-since';
import { comparePeriods, parsePeriod } from '../time/duration';

const OWED_SINCE = owedSinceOf(DEFAULT_POLICY, '2025-04-01');
const cadence = fc.option(fc.constantFrom('P1D', 'P7D', 'P14D', 'P1M', 'P3M', 'P6M', 'P1Y', 'P10Y'));
const requirements = fc.array(fc.record({ verificationCadence: cadence, restoreTestCadence: cadence }), {
  minLength: 1,
  maxLength: 3,
});
type Own = { verificationCadence: string | null; restoreTestCadence: string | null };

const cadencesOf = (tier: (typeof TIERS)[number], own: readonly Own[]) =>
  deriveDuties(
    systemFacts({ tier }),
    own.map((cadences, index): BackupRequirementFacts => ({
      ...{ id: String(index), declaredOn: '2026-04-01', changedOn: null, rpoMinutes: null },
      ...cadences,
    })),
    DEFAULT_POLICY,
    OWED_SINCE,
  ).map(({ rule, terms, backupRequirementId, firstDueOn }) => ({
    ...{ key: rule.key, kind: rule.kind, of: backupRequirementId, firstDueOn },
    cadence: terms.cadence ?? null,
    owed: rule.tiers[tier]?.cadence ?? null,
  }));

const atMost = (a: string | null, b: string | null): boolean =>
  b === null || (a !== null && comparePeriods(parsePeriod(a), parsePeriod(b)) <= 0);

it('of every duty the cadence is never longer than that of the policy, and no other duty is touched', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TIERS), requirements, (tier, own) => {
      const without = cadencesOf(
        tier,
        own.map(() => ({ verificationCadence: null, restoreTestCadence: null })),
      );
      cadencesOf(tier, own).forEach((duty, index) => {
        expect(atMost(duty.cadence, duty.owed)).toBe(true);
        const plain = without[index];
        if (duty.kind !== 'VERIFICATION' && duty.kind !== 'RESTORE_TEST') expect(duty).toEqual(plain);
        else expect(duty.firstDueOn <= (plain?.firstDueOn ?? '')).toBe(true);
      });
    }),
  );
});

it('a verification is owed as often as its own requirement wants, a restore test as often as any of the system', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TIERS), requirements, (tier, own) => {
      for (const { kind, of, cadence: owed } of cadencesOf(tier, own)) {
        if (kind === 'VERIFICATION') expect(atMost(owed, own[Number(of)]?.verificationCadence ?? null)).toBe(true);
        if (kind === 'RESTORE_TEST')
          for (const { restoreTestCadence } of own) expect(atMost(owed, restoreTestCadence)).toBe(true);
      }
    }),
  );
});

it('the verification of one requirement says nothing of another one', () => {
  const [first, second] = cadencesOf('HIGH', [
    { verificationCadence: 'P1D', restoreTestCadence: null },
    { verificationCadence: null, restoreTestCadence: null },
  ]).filter(({ kind }) => kind === 'VERIFICATION');
  expect([first?.cadence, second?.cadence]).toEqual(['P1D', 'P7D']);
});
