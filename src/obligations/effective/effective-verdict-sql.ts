import { VERDICTS } from '../../core/readiness/system-verdict';

/** The worst first, as `effectiveVerdict` of the core ranks them. */
const WORST_FIRST = `ARRAY[${VERDICTS.map((verdict) => `'${verdict}'`).join(',')}]`;
const rank = (verdict: string): string => `array_position(${WORST_FIRST}, ${verdict})`;

/**
 * SQL of the verdict of system `s`, whose own is `own`, with everything that it cannot do without: for the rows of a page, each of which goes down its
 * own hard dependencies. Null without an own verdict.
 */
export const effectiveVerdictOf = (s: string, own: string): string => `CASE WHEN ${own} IS NOT NULL THEN (
  WITH RECURSIVE reached(id) AS (SELECT ${s}.id
    UNION SELECT n.id FROM reached JOIN system_dependency d ON d.system_id = reached.id AND d.hard
      JOIN system n ON n.id = d.depends_on_id AND n.lifecycle = 'OPERATING')
  SELECT (${WORST_FIRST})[min(${rank('r.verdict')})] FROM reached JOIN system_readiness r ON r.system_id = reached.id) END`;

/**
 * SQL of the `id` of every system whose verdict is better than that of something it cannot do without, and the worst of those as `verdict`: from what is
 * bad up to all that need it, each system reached once for each verdict at most.
 */
export const HELD_BACK = `
  WITH RECURSIVE bad(id, rank) AS (
    SELECT d.system_id, ${rank('r.verdict')} FROM system_dependency d
      JOIN system n ON n.id = d.depends_on_id AND n.lifecycle = 'OPERATING' JOIN system_readiness r ON r.system_id = n.id
      WHERE d.hard AND r.verdict <> '${VERDICTS.at(-1)}'
    UNION SELECT d.system_id, bad.rank FROM bad JOIN system s ON s.id = bad.id AND s.lifecycle = 'OPERATING'
      JOIN system_dependency d ON d.depends_on_id = bad.id AND d.hard)
  SELECT worst.id, (${WORST_FIRST})[worst.rank] AS verdict
  FROM (SELECT id, min(rank) AS rank FROM bad GROUP BY id) worst
    JOIN system_readiness r ON r.system_id = worst.id WHERE worst.rank < ${rank('r.verdict')}`;
