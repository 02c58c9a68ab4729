import type { ObligationState } from '../obligation/obligation';
import { systemVerdict, type Verdict } from './system-verdict';

/** How one duty of a system stood; null when it was not owed. */
export interface DutyStanding {
  obligationId: string;
  gating: boolean;
  state: ObligationState | null;
}

/** Another standing from an instant on. */
export interface DutyTurn extends DutyStanding {
  at: Date;
}

/**
 * When the verdict of a system last became another one (domain.md section 5).
 * @param before how its duties stood at the start.
 * @param turns what changed since, the earliest first; those of one instant are one change.
 * @returns null when the verdict has stayed what it was.
 */
export function lastVerdictChange(
  before: readonly DutyStanding[],
  turns: readonly DutyTurn[],
): { at: Date; from: Verdict; to: Verdict } | null {
  const standing = new Map(before.map((duty) => [duty.obligationId, duty]));
  const verdict = (): Verdict =>
    systemVerdict([...standing.values()].flatMap(({ state, gating }) => (state ? [{ state, gating }] : [])));
  let [from, last] = [verdict(), null as ReturnType<typeof lastVerdictChange>];
  for (const [index, turn] of turns.entries()) {
    standing.set(turn.obligationId, turn);
    if (turns[index + 1]?.at.getTime() === turn.at.getTime()) continue;
    const to = verdict();
    if (to !== from) last = { at: turn.at, from, to };
    from = to;
  }
  return last;
}
