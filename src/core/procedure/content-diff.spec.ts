import { type ComparedStep, contactChanges, stepChanges } from './content-diff';

const step = (key: string, more: Partial<ComparedStep> = {}): ComparedStep => ({
  ...{ key, title: key, role: null, instructions: null, location: null, plannedMinutes: null, dependsOn: [] },
  ...more,
});

describe('steps of two versions', () => {
  it('have no changes when they are the same, in whatever order', () => {
    expect(stepChanges([step('a'), step('b')], [step('b'), step('a')])).toEqual([]);
    expect(stepChanges([step('a', { dependsOn: ['x', 'y'] })], [step('a', { dependsOn: ['y', 'x'] })])).toEqual([]);
  });

  it('are added, removed and changed by their keys, with the fields that differ', () => {
    const was = step('b', { plannedMinutes: 30, role: '運用班' });
    const is = step('b', { plannedMinutes: 45, role: '運用班', dependsOn: ['c'] });
    expect(stepChanges([step('a'), was], [step('c'), is])).toEqual([
      { change: 'ADDED', step: step('c'), before: null, fields: [] },
      { change: 'CHANGED', step: is, before: was, fields: ['plannedMinutes', 'dependsOn'] },
      { change: 'REMOVED', step: step('a'), before: null, fields: [] },
    ]);
  });
});

describe('contacts of two versions', () => {
  const contact = (name: string, phone: string | null = null) => ({ name, role: null, phone, email: null });

  it('are there as they are and as they were', () => {
    expect(contactChanges([contact('甲', '1'), contact('乙')], [contact('乙'), contact('甲', '2')])).toEqual([
      { change: 'ADDED', contact: contact('甲', '2') },
      { change: 'REMOVED', contact: contact('甲', '1') },
    ]);
  });

  it('do not change by being confirmed', () => {
    const confirmed = { ...contact('甲'), confirmedOn: '2026-11-01' };
    expect(contactChanges([contact('甲')], [confirmed])).toEqual([]);
  });
});
