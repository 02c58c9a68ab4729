import * as fc from 'fast-check';
import { judge } from '../../../test/support/rules/duties';
import { History, histories } from '../../../test/support/rules/histories';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { laterOf } from '../time/civil-date';
import { Duty } from './derive-obligations';
import { endOfDay, Judgement, RED_STATES } from './obligation';

const RUNS = { numRuns: 2_000 };

const judged = ({ evidence, rulings, asOf, timeZone }: History, duty: Duty, reviewAfterChange?: string): Judgement => {
  const policy = { ...DEFAULT_POLICY, ...(reviewAfterChange && { reviewAfterChange }) };
  return judge(duty, evidence, asOf, { rulings, timeZone, policy });
};
const isRed = ({ state }: Judgement): boolean => RED_STATES.includes(state);

/** The judgement with its grace, by what is owed now alone, and by each of the former terms that still count; null where nothing was asked. */
function compare(history: History) {
  const { duty, asOf, timeZone } = history;
  const counting = duty.eased.filter(({ untilOn }) => asOf < endOfDay(untilOn, timeZone));
  return {
    eased: judged(history, duty),
    alone: judged(history, { ...duty, eased: [] }),
    former: counting.map(({ former }) =>
      former ? judged(history, { ...duty, ...former, eased: [] }, former.reviewAfterChange) : null,
    ),
  };
}

const tightened = histories.filter(({ duty }) => duty.eased.length > 0 && duty.rule.kind !== 'RECOVERY_POINT');

describe('a duty that has come to ask more', () => {
  it('is not overdue and not failed before the end of its grace, unless it would be by the former terms too', () => {
    fc.assert(
      fc.property(tightened, (history) => {
        const { eased, former } = compare(history);
        // What failed has failed, whether it was asked or not.
        fc.pre(eased.reason.code !== 'LAST_PROOF_FAILED');
        if (isRed(eased)) for (const was of former) expect(was && was.state).toMatch(/^(OVERDUE|FAILED)$/);
      }),
      RUNS,
    );
  });

  it('is never better than both what is owed now and what was owed', () => {
    fc.assert(
      fc.property(tightened, (history) => {
        const { eased, alone, former } = compare(history);
        if (isRed(alone) && former.every((was) => was && isRed(was))) expect(isRed(eased)).toBe(true);
      }),
      RUNS,
    );
  });

  it('is never red where what is owed now is not', () => {
    fc.assert(
      fc.property(tightened, (history) => {
        const { eased, alone } = compare(history);
        if (isRed(eased)) expect(isRed(alone)).toBe(true);
      }),
      RUNS,
    );
  });

  it('is after the end of its grace what is owed now alone', () => {
    fc.assert(
      fc.property(tightened, (drawn) => {
        const [first, ...rest] = drawn.duty.eased.map(({ untilOn }) => untilOn);
        const end = endOfDay(laterOf(first as string, ...rest), drawn.timeZone);
        const history = { ...drawn, asOf: drawn.asOf < end ? end : drawn.asOf };
        const { eased, alone } = compare(history);
        expect({ state: eased.state, code: eased.reason.code }).toEqual({
          state: alone.state,
          code: alone.reason.code,
        });
        if (!isRed(alone)) expect(eased).toEqual(alone);
        // Who was in grace is late since its end, and not since long before.
        else expect(Number(eased.since)).toBeGreaterThanOrEqual(Number(alone.since));
      }),
      RUNS,
    );
  });
});
