/** SQL of the operating systems that cannot do without one, directly or through others, as a JSON list of `Dependent`. */
export const dependentsJson = (systemId: string): string =>
  `(WITH RECURSIVE dependent(id) AS (
      SELECT system_id FROM system_dependency WHERE depends_on_id = ${systemId} AND hard
      UNION SELECT d.system_id FROM dependent JOIN system_dependency d ON d.depends_on_id = dependent.id AND d.hard
    ) SELECT coalesce(jsonb_agg(jsonb_build_object('systemId', it.id, 'tier', it.tier) ORDER BY it.id), '[]')
      FROM dependent JOIN system it ON it.id = dependent.id WHERE it.lifecycle <> 'RETIRED')`;
