import * as fc from 'fast-check';
import { ObligationState, STATES } from '../obligation/obligation';
import { ObligationView, VERDICTS, Verdict, systemVerdict, verdictOf, worseOf } from './system-verdict';

const views = fc.record({ state: fc.constantFrom(...STATES), gating: fc.boolean() });
const lists = fc.array(views, { maxLength: 12 });
const applicable = (list: readonly ObligationView[]): ObligationView[] =>
  list.filter(({ state }) => state !== 'NOT_APPLICABLE');

describe('verdicts', () => {
  it('are ordered worst first', () => {
    expect(VERDICTS).toEqual(['NOT_READY', 'UNKNOWN', 'AT_RISK', 'READY_WITH_WAIVERS', 'READY']);
  });
});

describe('what one obligation makes of its system', () => {
  it.each<[ObligationState, Verdict, Verdict]>([
    // state, when gating, when not
    ['FAILED', 'NOT_READY', 'AT_RISK'],
    ['OVERDUE', 'NOT_READY', 'AT_RISK'],
    ['UNKNOWN', 'UNKNOWN', 'READY'],
    ['DUE_SOON', 'AT_RISK', 'READY'],
    ['MET', 'READY', 'READY'],
    ['WAIVED', 'READY_WITH_WAIVERS', 'READY'],
  ])('%s: %s when gating, %s when not', (state, gating, informing) => {
    expect(verdictOf({ state, gating: true })).toBe(gating);
    expect(verdictOf({ state, gating: false })).toBe(informing);
    expect(systemVerdict([{ state, gating: true }])).toBe(gating);
    expect(systemVerdict([{ state, gating: false }])).toBe(informing);
  });
});

describe('the verdict of a system', () => {
  it.each<[string, ObligationView[], Verdict]>([
    ['without any duty', [], 'UNKNOWN'],
    ['that nothing applies to', [{ state: 'NOT_APPLICABLE', gating: true }], 'UNKNOWN'],
    [
      'with an exclusion beside a proof',
      [
        { state: 'NOT_APPLICABLE', gating: true },
        { state: 'MET', gating: true },
      ],
      'READY',
    ],
    [
      'failed and never proven',
      [
        { state: 'UNKNOWN', gating: true },
        { state: 'FAILED', gating: true },
      ],
      'NOT_READY',
    ],
    [
      'never proven and due soon',
      [
        { state: 'DUE_SOON', gating: true },
        { state: 'UNKNOWN', gating: true },
      ],
      'UNKNOWN',
    ],
    [
      'waived and, not gating, overdue',
      [
        { state: 'WAIVED', gating: true },
        { state: 'OVERDUE', gating: false },
      ],
      'AT_RISK',
    ],
    [
      'met and waived',
      [
        { state: 'MET', gating: true },
        { state: 'WAIVED', gating: true },
      ],
      'READY_WITH_WAIVERS',
    ],
  ])('%s', (_, obligations, verdict) => {
    expect(systemVerdict(obligations)).toBe(verdict);
  });

  it('is the worst that any applicable obligation makes of it, and no worse', () => {
    fc.assert(
      fc.property(lists, (list) => {
        fc.pre(applicable(list).length > 0);
        const verdict = systemVerdict(list);
        const ranks = applicable(list).map((view) => VERDICTS.indexOf(verdictOf(view)));
        expect(VERDICTS.indexOf(verdict)).toBe(Math.min(...ranks));
      }),
    );
  });

  it('never improves by one more obligation', () => {
    fc.assert(
      fc.property(lists, views, (list, one) => {
        fc.pre(applicable(list).length > 0);
        const verdict = systemVerdict([...list, one]);
        expect(worseOf(verdict, systemVerdict(list))).toBe(verdict);
      }),
    );
  });

  it('does not depend on the order of the obligations', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(systemVerdict([...list].reverse())).toBe(systemVerdict(list));
      }),
    );
  });

  it('is READY only when every gating obligation is met', () => {
    fc.assert(
      fc.property(lists, (list) => {
        fc.pre(systemVerdict(list) === 'READY');
        expect(applicable(list).filter(({ gating, state }) => gating && state !== 'MET')).toEqual([]);
      }),
    );
  });
});
