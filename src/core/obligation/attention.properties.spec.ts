import * as fc from 'fast-check';
import { judge, justBefore } from '../../../test/support/rules/duties';
import { History, histories } from '../../../test/support/rules/histories';
import { EvidenceFacts } from '../evidence/evidence';
import { judgeEvidence } from '../evidence/judge-evidence';
import { newest } from '../evidence/newest';
import { Rule } from '../policy/rule';
import { addDays } from '../time/civil-date';
import { localDate } from '../time/zone';
import { leadDays } from './lead-time';
import { nextDue } from './next-due';
import { Duty } from './derive-obligations';
import { Judgement, ObligationState, STATES } from './obligation';

const RUNS = { numRuns: 400 };
const YEARS_LATER = 4 * 366 * 86_400_000;

const judged = ({ duty, evidence, rulings, asOf, timeZone }: History): Judgement =>
  judge(duty, evidence, asOf, { rulings, timeZone });

/** What is known at the instant of judgement: nothing of the future has happened yet. */
function known(history: History): History {
  const { duty, asOf, timeZone } = history;
  return {
    ...history,
    duty: { ...duty, changedOn: duty.changedOn && duty.changedOn <= localDate(asOf, timeZone) ? duty.changedOn : null },
    evidence: history.evidence.filter(({ performedAt }) => performedAt <= asOf),
    rulings: history.rulings.filter(({ grantedAt }) => grantedAt <= asOf),
  };
}

const accepted = ({ duty, evidence, asOf }: History): EvidenceFacts[] =>
  evidence.filter((record) => judgeEvidence(duty.rule, duty.backupRequirementId, record, asOf) === null);

/** The rule of a duty, and as it was. */
const rulesOf = ({ rule, eased }: Duty): Rule[] => [rule, ...eased.flatMap(({ former }) => former?.rule ?? [])];

describe('the attention clock', () => {
  it('holds every judgement, in every part, until it strikes', () => {
    fc.assert(
      fc.property(histories.map(known), fc.nat(1_000_000), (history, part) => {
        const now = judged(history);
        const end = now.attentionAt?.getTime() ?? history.asOf.getTime() + YEARS_LATER;
        const between = history.asOf.getTime() + Math.floor(((end - 1 - history.asOf.getTime()) * part) / 1_000_000);
        for (const asOf of [new Date(between), new Date(end - 1)]) expect(judged({ ...history, asOf })).toEqual(now);
      }),
      RUNS,
    );
  });

  it('strikes in the future, and then state or reason is another', () => {
    fc.assert(
      fc.property(histories.map(known), (history) => {
        const now = judged(history);
        fc.pre(now.attentionAt !== null);
        const asOf = now.attentionAt as Date;
        expect(asOf.getTime()).toBeGreaterThan(history.asOf.getTime());
        const then = judged({ ...history, asOf });
        expect({ state: then.state, reason: then.reason }).not.toEqual({ state: now.state, reason: now.reason });
      }),
      RUNS,
    );
  });

  it('comes to rest after a few strikes when nobody acts', () => {
    fc.assert(
      fc.property(histories.map(known), (history) => {
        let strikes = 0;
        for (let next = judged(history).attentionAt; next; next = judged({ ...history, asOf: next }).attentionAt)
          strikes += 1;
        // Each ruling ends once; then due soon, overdue; or late, critical.
        expect(strikes).toBeLessThanOrEqual(history.rulings.length + 2);
      }),
      RUNS,
    );
  });
});

describe('a judgement', () => {
  it('depends only on what was performed and granted by its instant', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { evidence, rulings } = known(history);
        expect(judged(history)).toEqual(judged({ ...history, evidence, rulings }));
      }),
      RUNS,
    );
  });

  it('does not depend on the order in which the facts are listed', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const evidence = [...history.evidence].reverse();
        const rulings = [...history.rulings].reverse();
        expect(judged({ ...history, evidence, rulings })).toEqual(judged(history));
      }),
      RUNS,
    );
  });

  it('is exactly one of the seven states, begun by its instant, on evidence that was accepted', () => {
    fc.assert(
      fc.property(histories.map(known), (history) => {
        const { state, since, evidenceId } = judged(history);
        expect(STATES).toContain(state);
        expect((since as Date).getTime()).toBeLessThanOrEqual(history.asOf.getTime());
        if (evidenceId !== null) {
          const { duty } = history;
          const counting = rulesOf(duty).flatMap((rule) => accepted({ ...history, duty: { ...duty, rule } }));
          expect(counting.map(({ id }) => id)).toContain(evidenceId);
        }
      }),
      RUNS,
    );
  });

  it('is not changed by partial results, by weak passes, or by what is about something else', () => {
    const immaterial = ({ duty, evidence }: History): EvidenceFacts[] => {
      const isRefused = (rule: Rule, record: EvidenceFacts): boolean =>
        ['TOO_WEAK', 'OTHER_MATTER', 'OTHER_BACKUP_REQUIREMENT'].includes(
          judgeEvidence(rule, duty.backupRequirementId, record, record.performedAt) ?? '',
        );
      return evidence.filter(
        (record) => record.outcome === 'PARTIAL' || rulesOf(duty).every((rule) => isRefused(rule, record)),
      );
    };
    fc.assert(
      fc.property(histories, (history) => {
        const noise = new Set(immaterial(history));
        fc.pre(noise.size > 0);
        const evidence = history.evidence.filter((record) => !noise.has(record));
        expect(judged(history)).toEqual(judged({ ...history, evidence }));
      }),
      RUNS,
    );
  });

  it('keeps its due day through every failure after the last pass', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { kind } = history.duty.rule;
        fc.pre(kind !== 'RECOVERY_POINT' && kind !== 'COPIES');
        const evidence = history.evidence.filter(({ outcome }) => outcome !== 'FAILED');
        expect(judged(history).dueOn).toBe(judged({ ...history, evidence }).dueOn);
      }),
      RUNS,
    );
  });
});

/** The rule of domain.md section 4 told in civil days, without instants, for a periodic duty without change or ruling. */
function stateByCalendar(history: History): ObligationState {
  const { duty, asOf, timeZone } = history;
  const today = localDate(asOf, timeZone);
  const decisive = accepted(history).filter(({ outcome }) => outcome !== 'PARTIAL');
  const passed = newest(decisive.filter(({ outcome }) => outcome === 'PASSED'));
  if (decisive.some((r) => r.outcome === 'FAILED' && (!passed || r.performedAt >= passed.performedAt))) return 'FAILED';
  if (!passed) return today > duty.firstDueOn ? 'OVERDUE' : 'UNKNOWN';
  const { cadence } = duty.terms;
  if (!cadence) return 'MET';
  const dueOn = nextDue(localDate(passed.performedAt, timeZone), cadence, duty.rule.anchor);
  if (today > dueOn) return 'OVERDUE';
  return today >= addDays(dueOn, -(leadDays(duty.rule.kind, cadence, 'P30D')[0] ?? 0)) ? 'DUE_SOON' : 'MET';
}

describe('the state of a periodic duty', () => {
  it('is the one the calendar tells', () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const history = { ...drawn, duty: { ...drawn.duty, changedOn: null, eased: [] }, rulings: [] };
        fc.pre(!['RECOVERY_POINT', 'COPIES'].includes(history.duty.rule.kind));
        expect(judged(history).state).toBe(stateByCalendar(history));
        const midnight = judged(history).attentionAt;
        if (!midnight) return;
        for (const asOf of [midnight, justBefore(midnight)])
          expect(judged({ ...history, asOf }).state).toBe(stateByCalendar({ ...history, asOf }));
      }),
      RUNS,
    );
  });
});

describe('what has to be known of the past', () => {
  /** What two records share when the newer of them makes the older one matter no more. */
  const sort = (r: EvidenceFacts): string =>
    [r.kind, r.backupRequirementId, r.subject, r.ruleKey, r.creditedDrillType, r.shared, r.outcome, r.strength].join();
  const bySort = (records: readonly EvidenceFacts[]): EvidenceFacts[][] =>
    [...new Set(records.map(sort))].map((name) => records.filter((record) => sort(record) === name));

  /** The newest record and the newest point of each sort, and the first failure of each sort after each of those passes. */
  function digest({ evidence, asOf }: History): EvidenceFacts[] {
    const past = evidence.filter(({ performedAt }) => performedAt <= asOf);
    const latest = bySort(past).map((records) => newest(records) as EvidenceFacts);
    const points = bySort(past.filter(({ recoveryPointAt }) => recoveryPointAt)).map(
      (records) =>
        [...records].sort(
          (a, b) =>
            Number(b.recoveryPointAt) - Number(a.recoveryPointAt) ||
            Number(a.performedAt) - Number(b.performedAt) ||
            (a.id < b.id ? -1 : 1),
        )[0] as EvidenceFacts,
    );
    const passes = [
      -Infinity,
      ...latest.filter(({ outcome }) => outcome === 'PASSED').map((r) => Number(r.performedAt)),
    ];
    const failures = bySort(past.filter(({ outcome }) => outcome === 'FAILED')).flatMap((records) =>
      passes.flatMap((passedAt) => {
        const after = records.filter(({ performedAt }) => Number(performedAt) >= passedAt);
        return after.length > 0 ? [after.reduce((a, b) => (b.performedAt < a.performedAt ? b : a))] : [];
      }),
    );
    return [...new Set([...latest, ...points, ...failures])];
  }

  it('is the newest of each sort, the newest point, and where each run of failures began', () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(judged({ ...history, evidence: digest(history) })).toEqual(judged(history));
      }),
      RUNS,
    );
  });
});
