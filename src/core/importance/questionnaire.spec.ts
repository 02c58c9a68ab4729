import fc from 'fast-check';
import { type Answers, answersOf, DONT_KNOW, QUESTION_KEYS, type RegisteredFacts, suggestTier } from './questionnaire';
import { compareTiers, TIERS } from './tier';

const mildest = Object.fromEntries(QUESTION_KEYS.map((question) => [question, answersOf(question).at(-1)])) as Answers;
const plain: RegisteredFacts = { availability: 1, integrity: 1, dependentsTier: null };
const tierWith = (answers: Partial<Answers>, facts: Partial<RegisteredFacts> = {}): string =>
  suggestTier({ ...mildest, ...answers }, { ...plain, ...facts }).tier;

describe('the suggested tier', () => {
  it('is LOW, without grounds, when nothing speaks for more', () => {
    expect(suggestTier(mildest, plain)).toEqual({ tier: 'LOW', provisional: false, grounds: [] });
  });

  it.each([
    [{ primaryFunctions: 'IMPOSSIBLE' }, 'HIGH'],
    [{ primaryFunctions: 'HINDERED' }, 'MODERATE'],
    [{ coreBusiness: 'CORE_OR_EMERGENCY' }, 'HIGH'],
    [{ coreBusiness: 'SUPPORTS_CORE' }, 'MODERATE'],
    [{ lifeAndSafety: 'DIRECT' }, 'HIGH'],
    [{ lifeAndSafety: 'INDIRECT' }, 'MODERATE'],
    [{ peopleAffected: 'NATIONWIDE' }, 'HIGH'],
    [{ peopleAffected: 'REGIONAL' }, 'MODERATE'],
    [{ legalDeadline: 'STRICT' }, 'HIGH'],
    [{ legalDeadline: 'WITH_LEEWAY' }, 'MODERATE'],
    [{ longestStop: 'TWO_DAYS', workaround: 'IMPOSSIBLE' }, 'MODERATE'],
    [{ dataLoss: 'ONE_DAY', workaround: 'IMPOSSIBLE' }, 'MODERATE'],
    [{ reentry: 'IMPOSSIBLE' }, 'MODERATE'],
    [{ publicFacing: 'YES' }, 'MODERATE'],
    [{ moneyPerDay: 'LARGE' }, 'MODERATE'],
    [{ workaround: 'IMPOSSIBLE' }, 'LOW'],
  ] as [Partial<Answers>, string][])('of %j is %s', (answers, tier) => {
    expect(tierWith(answers)).toBe(tier);
  });

  it.each([
    ['longestStop', 'HALF_DAY'],
    ['dataLoss', 'ONE_HOUR'],
  ] as const)('of a short %s is HIGH only when nothing can be done by hand', (question, answer) => {
    expect(tierWith({ [question]: answer, workaround: 'IMPOSSIBLE' })).toBe('HIGH');
    expect(tierWith({ [question]: answer, workaround: 'IN_PART' })).toBe('MODERATE');
    expect(tierWith({ [question]: answer, workaround: 'FULL' })).toBe('MODERATE');
  });

  it('is raised by the systems that depend on it, and by the classification of availability and integrity', () => {
    expect(tierWith({}, { dependentsTier: 'HIGH' })).toBe('HIGH');
    expect(tierWith({}, { dependentsTier: 'MODERATE' })).toBe('MODERATE');
    expect(tierWith({}, { dependentsTier: 'LOW' })).toBe('LOW');
    expect(tierWith({}, { availability: 2 })).toBe('MODERATE');
    expect(tierWith({}, { integrity: 2 })).toBe('MODERATE');
  });

  it('names its grounds, weightiest first', () => {
    const { grounds } = suggestTier({ ...mildest, publicFacing: 'YES', legalDeadline: 'STRICT' }, plain);
    expect(grounds).toEqual([
      { of: 'legalDeadline', answer: 'STRICT', tier: 'HIGH' },
      { of: 'publicFacing', answer: 'YES', tier: 'MODERATE' },
    ]);
  });

  it.each(QUESTION_KEYS)('is provisional when nobody knows %s, and as the weightiest answer gives it', (question) => {
    const known = suggestTier({ ...mildest, [question]: answersOf(question)[0] }, plain);
    const unknown = suggestTier({ ...mildest, [question]: DONT_KNOW }, plain);
    expect(unknown).toMatchObject({ tier: known.tier, provisional: true });
    expect(known.provisional).toBe(false);
  });

  it('takes what nobody knows for the higher answer, also where it weighs only together with another', () => {
    expect(tierWith({ longestStop: 'HALF_DAY', workaround: DONT_KNOW })).toBe('HIGH');
    expect(tierWith({ dataLoss: 'ONE_HOUR', workaround: DONT_KNOW })).toBe('HIGH');
    expect(tierWith({ longestStop: DONT_KNOW, workaround: 'IMPOSSIBLE' })).toBe('HIGH');
    expect(tierWith({ dataLoss: DONT_KNOW, workaround: 'IMPOSSIBLE' })).toBe('HIGH');
  });

  describe('whatever else is answered', () => {
    const answers = fc.record(
      Object.fromEntries(QUESTION_KEYS.map((q) => [q, fc.constantFrom(...answersOf(q), DONT_KNOW)])),
    ) as unknown as fc.Arbitrary<Answers>;
    const facts = fc.record({
      availability: fc.constantFrom(1, 2),
      integrity: fc.constantFrom(1, 2),
      dependentsTier: fc.constantFrom(null, ...TIERS),
    });

    it('never falls when an answer gets weightier', () => {
      fc.assert(
        fc.property(answers, facts, fc.constantFrom(...QUESTION_KEYS), (given, register, question) => {
          const before = suggestTier(given, register).tier;
          const after = suggestTier({ ...given, [question]: answersOf(question)[0] }, register).tier;
          expect(compareTiers(after, before)).toBeLessThanOrEqual(0);
        }),
      );
    });

    it('is provisional, and no lower than under any definite answer, where one is not known', () => {
      fc.assert(
        fc.property(answers, facts, fc.constantFrom(...QUESTION_KEYS), (given, register, question) => {
          const unknown = suggestTier({ ...given, [question]: DONT_KNOW }, register);
          expect(unknown.provisional).toBe(true);
          for (const answer of answersOf(question))
            expect(
              compareTiers(unknown.tier, suggestTier({ ...given, [question]: answer }, register).tier),
            ).toBeLessThanOrEqual(0);
        }),
      );
    });
  });
});
