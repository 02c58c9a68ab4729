/** One row or none with `id`, `organisation_id` (whose policy it is), `version`, `effective_on`, `rules`, `owedSince` and `eased`; the nearest organisation wins. */
const nearestPolicy = (organisation: string, leastDepth: 0 | 1): string => `
  SELECT p.id, p.organisation_id, p.version, p.effective_on, p.rules, p.owed_since AS "owedSince", p.eased
  FROM organisation_closure above JOIN policy p ON p.organisation_id = above.ancestor_id AND p.status = 'PUBLISHED'
  WHERE above.organisation_id = ${organisation} AND above.depth >= ${leastDepth} ORDER BY above.depth LIMIT 1`;

/**
 * SQL of the policy in force for an organisation: its own published one, else that of the nearest organisation above (domain.md section 3).
 * To be joined as `LEFT JOIN LATERAL (…) policy ON true`.
 * @param organisation SQL of the organisation's id, such as `s.organisation_id`.
 */
export const EFFECTIVE_POLICY = (organisation: string): string => nearestPolicy(organisation, 0);

/** As `EFFECTIVE_POLICY` without the organisation's own: the floor below which its policy may not go. */
export const POLICY_ABOVE = (organisation: string): string => nearestPolicy(organisation, 1);
