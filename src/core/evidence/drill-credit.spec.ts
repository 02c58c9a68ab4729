import { DRILL_TYPES, Outcome } from './evidence';
import { DrillFacts, creditDrill, outcomeAgainstCheck, outcomeAgainstRto } from './drill-credit';

const COMPLETE: DrillFacts = {
  type: 'FUNCTIONAL',
  startedAt: new Date('2026-06-01T01:00:00Z'),
  finishedAt: new Date('2026-06-01T03:00:00Z'),
  attestedById: 'person',
  check: { expected: '1,204 rows of 31 May', observed: '1,204 rows of 31 May' },
};

describe('what a drill counts as', () => {
  it.each(DRILL_TYPES)('%s counts as itself when it is complete and names a check', (type) => {
    expect(creditDrill({ ...COMPLETE, type })).toBe(type);
  });

  describe.each(DRILL_TYPES)('%s', (type) => {
    it.each([
      ['a start', { startedAt: null }],
      ['an end', { finishedAt: null }],
      ['the attestation of a named person', { attestedById: null }],
      ['a name in its attestation', { attestedById: '' }],
    ] as const)('counts for nothing without %s', (_, lacking) => {
      expect(creditDrill({ ...COMPLETE, type, ...lacking })).toBeNull();
    });
  });

  const lackingChecks = [
    ['no check', null],
    ['no expected value', { expected: ' ', observed: '1,204' }],
    ['no observed value', { expected: '1,204', observed: '' }],
  ] as const;

  describe.each(lackingChecks)('with %s', (_, check) => {
    it.each([
      ['TABLETOP', 'TABLETOP'],
      ['NOTIFICATION', 'NOTIFICATION'],
      ['FUNCTIONAL', 'TABLETOP'],
      ['FULL_SCALE', 'TABLETOP'],
    ] as const)('%s counts as %s', (type, credited) => {
      expect(creditDrill({ ...COMPLETE, type, check })).toBe(credited);
    });
  });
});

describe('the outcome against the check', () => {
  it.each([
    ['PASSED', false, 'FAILED'],
    ['PARTIAL', false, 'FAILED'],
    ['PASSED', true, 'PASSED'],
    ['FAILED', true, 'FAILED'],
    ['PASSED', null, 'PASSED'],
  ] as const)('claimed %s with a check that held: %s is %s', (claimed, held, outcome: Outcome) => {
    expect(outcomeAgainstCheck(claimed, held)).toBe(outcome);
  });
});

describe('the outcome against the recovery time objective', () => {
  it.each([
    ['PASSED', 239, 240, 'PASSED'],
    ['PASSED', 240, 240, 'PASSED'],
    ['PASSED', 241, 240, 'FAILED'],
    ['PARTIAL', 241, 240, 'FAILED'],
    ['PARTIAL', 240, 240, 'PARTIAL'],
    ['FAILED', 10, 240, 'FAILED'],
    ['PASSED', null, 240, 'PASSED'],
    ['PASSED', 999, null, 'PASSED'],
    ['PASSED', 0, 0, 'PASSED'],
  ] as const)('claimed %s in %s minutes with %s allowed: %s', (claimed, measured, objective, outcome: Outcome) => {
    expect(outcomeAgainstRto(claimed, measured, objective)).toBe(outcome);
  });
});
