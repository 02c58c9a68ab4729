/** How much a proof proves, weakest first (domain.md section 4). */
export const STRENGTHS = [
  'DECLARED',
  'LISTED',
  'COMPLETED',
  'STRUCTURE_CHECKED',
  'DATA_CHECKED',
  'RESTORED',
  'VALIDATED',
] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Whether evidence of `strength` may meet a rule that asks for `minimum`. */
export function isStrongEnough(strength: Strength, minimum: Strength): boolean {
  return STRENGTHS.indexOf(strength) >= STRENGTHS.indexOf(minimum);
}
