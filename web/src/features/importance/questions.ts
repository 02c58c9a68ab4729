import type { Answers, Impacts } from '../../api/types';

export type Question = keyof Answers;

/** The questions in the order in which they are asked, each with its answers, weightiest first. */
export const QUESTIONS: { [Q in Question]: readonly Answers[Q][] } = {
  primaryFunctions: ['IMPOSSIBLE', 'HINDERED', 'UNAFFECTED', 'DONT_KNOW'],
  coreBusiness: ['CORE_OR_EMERGENCY', 'SUPPORTS_CORE', 'NEITHER', 'DONT_KNOW'],
  lifeAndSafety: ['DIRECT', 'INDIRECT', 'NO', 'DONT_KNOW'],
  peopleAffected: ['NATIONWIDE', 'REGIONAL', 'STAFF_ONLY', 'DONT_KNOW'],
  legalDeadline: ['STRICT', 'WITH_LEEWAY', 'NO', 'DONT_KNOW'],
  longestStop: ['HALF_DAY', 'TWO_DAYS', 'LONGER', 'DONT_KNOW'],
  dataLoss: ['ONE_HOUR', 'ONE_DAY', 'LONGER', 'DONT_KNOW'],
  reentry: ['IMPOSSIBLE', 'WITH_EFFORT', 'EASY', 'DONT_KNOW'],
  publicFacing: ['YES', 'NO', 'DONT_KNOW'],
  moneyPerDay: ['LARGE', 'SOME', 'NO', 'DONT_KNOW'],
  workaround: ['IMPOSSIBLE', 'IN_PART', 'FULL', 'DONT_KNOW'],
};
export const QUESTION_KEYS = Object.keys(QUESTIONS) as Question[];

export const AREAS = ['SERVICES', 'PEOPLE', 'LAW', 'MONEY', 'TRUST'] as const satisfies readonly (keyof Impacts)[];
export const LEVELS = ['NONE', 'LIMITED', 'SERIOUS', 'SEVERE'] as const;
export type Level = (typeof LEVELS)[number];

/** The stops of the impact analysis as ISO 8601, in the order of the service. */
export const STOPS = ['PT1H', 'PT4H', 'PT12H', 'P1D', 'P3D', 'P7D', 'P30D'] as const;

export type AssessmentDraft = Record<Question, string> & { analysed: boolean } & Record<keyof Impacts, Level[]>;

/** Nothing answered, and an analysis in which nothing is harmed. */
export function emptyDraft(before: { answers: Answers; impacts?: Impacts | null } | undefined): AssessmentDraft {
  const unanswered = Object.fromEntries(QUESTION_KEYS.map((question) => [question, before?.answers[question] ?? '']));
  const harmless = Object.fromEntries(
    AREAS.map((area) => [area, before?.impacts?.[area] ?? STOPS.map((): Level => 'NONE')]),
  );
  return { ...unanswered, ...harmless, analysed: Boolean(before?.impacts) } as AssessmentDraft;
}

/** A longer stop is never milder: what is set for one holds for the longer ones at least, and for the shorter ones at most. */
export function withLevel(row: readonly Level[], column: number, level: Level): Level[] {
  const rank = (of: Level): number => LEVELS.indexOf(of);
  return row.map((old, at) => {
    if (at === column) return level;
    const isMilder = rank(old) < rank(level);
    return at > column === isMilder ? level : old;
  });
}

/** The words of an answer: of a question, or of what the register says. */
export function answerKey(of: string, answer: string) {
  const key =
    answer === 'DONT_KNOW'
      ? 'importance.dontKnow'
      : of === 'dependentsTier'
        ? `domain:tier.${answer}`
        : of === 'availability' || of === 'integrity'
          ? `importance.classification.${answer}`
          : `importance.answer.${of}.${answer}`;
  return key as 'importance.dontKnow';
}
