import { compareTiers, type Tier } from './tier';

/**
 * How much an answer weighs. `DECISIVE` makes a system HIGH alone; `PRESSING` does so when nothing can be done by hand meanwhile, and is
 * MODERATE otherwise; `NOTABLE` is MODERATE; `NONE` says nothing.
 */
type Weight = 'DECISIVE' | 'PRESSING' | 'NOTABLE' | 'NONE';

/**
 * The questions that suggest a tier (domain.md section 7): each with its answers, weightiest first. What is only worth MODERATE at most
 * has no decisive answer. `confidentiality` is no question: it drives encryption, never the tier.
 */
export const QUESTIONS = {
  primaryFunctions: { IMPOSSIBLE: 'DECISIVE', HINDERED: 'NOTABLE', UNAFFECTED: 'NONE' },
  coreBusiness: { CORE_OR_EMERGENCY: 'DECISIVE', SUPPORTS_CORE: 'NOTABLE', NEITHER: 'NONE' },
  lifeAndSafety: { DIRECT: 'DECISIVE', INDIRECT: 'NOTABLE', NO: 'NONE' },
  peopleAffected: { NATIONWIDE: 'DECISIVE', REGIONAL: 'NOTABLE', STAFF_ONLY: 'NONE' },
  legalDeadline: { STRICT: 'DECISIVE', WITH_LEEWAY: 'NOTABLE', NO: 'NONE' },
  longestStop: { HALF_DAY: 'PRESSING', TWO_DAYS: 'NOTABLE', LONGER: 'NONE' },
  dataLoss: { ONE_HOUR: 'PRESSING', ONE_DAY: 'NOTABLE', LONGER: 'NONE' },
  reentry: { IMPOSSIBLE: 'NOTABLE', WITH_EFFORT: 'NOTABLE', EASY: 'NONE' },
  publicFacing: { YES: 'NOTABLE', NO: 'NONE' },
  moneyPerDay: { LARGE: 'NOTABLE', SOME: 'NOTABLE', NO: 'NONE' },
  workaround: { IMPOSSIBLE: 'NONE', IN_PART: 'NONE', FULL: 'NONE' },
} as const satisfies Record<string, Record<string, Weight>>;

export type Question = keyof typeof QUESTIONS;
export const QUESTION_KEYS = Object.keys(QUESTIONS) as Question[];
export const DONT_KNOW = 'DONT_KNOW';
export type Answers = { [Q in Question]: keyof (typeof QUESTIONS)[Q] | typeof DONT_KNOW };

/** What the register says already and nobody is asked again. */
export interface RegisteredFacts {
  /** 1 or 2. */
  availability: number;
  /** 1 or 2. */
  integrity: number;
  /** The most important tier of the systems that cannot do without this one; null when there is none. */
  dependentsTier: Tier | null;
}

/** What speaks for a tier: a question with the answer that counted, or a fact of the register. */
export interface Ground {
  of: Question | keyof RegisteredFacts;
  answer: string;
  tier: Tier;
}

export interface Suggestion {
  tier: Tier;
  /** An answer was missing, so the weightier one counted. */
  provisional: boolean;
  /** Everything above LOW, weightiest first. */
  grounds: Ground[];
}

/** The answers that a question has, weightiest first, without {@link DONT_KNOW}. */
export function answersOf(question: Question): string[] {
  return Object.keys(QUESTIONS[question]);
}

/**
 * The tier that the answers suggest: a high-water mark, not a mean. Who does not know is counted with the weightiest answer, and the
 * suggestion is provisional (domain.md section 7). A person decides.
 */
export function suggestTier(answers: Answers, facts: RegisteredFacts): Suggestion {
  const counted = (question: Question): string =>
    answers[question] === DONT_KNOW ? (answersOf(question)[0] as string) : answers[question];
  const byHand = counted('workaround') !== 'IMPOSSIBLE';
  const grounds: Ground[] = [
    ...QUESTION_KEYS.map((of) => ({ of, answer: answers[of], tier: tierOf(weightOf(of, counted(of)), byHand) })),
    { of: 'dependentsTier' as const, answer: facts.dependentsTier ?? 'NONE', tier: facts.dependentsTier ?? 'LOW' },
    ...(['availability', 'integrity'] as const).map((of) => ({
      of,
      answer: String(facts[of]),
      tier: facts[of] >= 2 ? ('MODERATE' as const) : ('LOW' as const),
    })),
  ];
  const above = grounds.filter(({ tier }) => tier !== 'LOW').sort((a, b) => compareTiers(a.tier, b.tier));
  return {
    tier: above[0]?.tier ?? 'LOW',
    provisional: QUESTION_KEYS.some((question) => answers[question] === DONT_KNOW),
    grounds: above,
  };
}

function weightOf(question: Question, answer: string): Weight {
  return (QUESTIONS[question] as Record<string, Weight>)[answer] as Weight;
}

function tierOf(weight: Weight, byHand: boolean): Tier {
  if (weight === 'DECISIVE' || (weight === 'PRESSING' && !byHand)) return 'HIGH';
  return weight === 'NONE' ? 'LOW' : 'MODERATE';
}
