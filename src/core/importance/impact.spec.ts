import {
  easedImpacts,
  IMPACT_AREAS,
  type Impacts,
  type ImpactLevel,
  longestBearableStop,
  STOP_MINUTES,
} from './impact';

const none = STOP_MINUTES.map((): ImpactLevel => 'NONE');
const harmless = Object.fromEntries(IMPACT_AREAS.map((area) => [area, none])) as unknown as Impacts;
const from = (column: number, level: ImpactLevel): ImpactLevel[] => none.map((_, i) => (i >= column ? level : 'NONE'));

describe('the longest bearable stop', () => {
  it.each(STOP_MINUTES.map((minutes, column) => [minutes, column] as const))(
    'is %i minutes when something is serious from there',
    (minutes, column) => {
      expect(longestBearableStop({ ...harmless, LAW: from(column, 'SERIOUS') })).toBe(minutes);
      expect(longestBearableStop({ ...harmless, MONEY: from(column, 'SEVERE') })).toBe(minutes);
    },
  );

  it('is the earliest of the areas', () => {
    expect(
      longestBearableStop({
        ...harmless,
        PEOPLE: from(4, 'SEVERE'),
        TRUST: from(2, 'SERIOUS'),
        LAW: from(0, 'LIMITED'),
      }),
    ).toBe(720);
  });

  it('has no end where nothing gets serious', () => {
    expect(longestBearableStop({ ...harmless, SERVICES: from(0, 'LIMITED') })).toBeNull();
  });
});

describe('a sound analysis', () => {
  it('gets no milder with time', () => {
    expect(easedImpacts({ ...harmless, LAW: from(3, 'SERIOUS') })).toEqual([]);
  });

  it('names each cell that does', () => {
    const odd: ImpactLevel[] = ['NONE', 'SERIOUS', 'LIMITED', 'LIMITED', 'SEVERE', 'SERIOUS', 'SEVERE'];
    expect(easedImpacts({ ...harmless, MONEY: odd })).toEqual([
      { area: 'MONEY', column: 2 },
      { area: 'MONEY', column: 5 },
    ]);
  });
});
