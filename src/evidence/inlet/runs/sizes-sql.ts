/** As many of a kind as decide about the newest, and those before them that say whether they do. */
const MOST_SIZES = 60;

/** Whether the size of a record `e` of an inlet `i` is a measure for those after it: nobody has said since that sizes are others from now on. */
export const IS_MEASURE = '(i.size_level_at IS NULL OR coalesce(e.started_at, e.performed_at) >= i.size_level_at)';

/** The newest runs of an inlet `i` that passed and whose sizes are a measure, as `RunRow`s, along `ix_evidence_sizes`. */
export const NEWEST_SIZES = `
  SELECT e.id, e.kind, e.outcome, e.size_basis AS "sizeBasis", e.size_bytes::text AS "sizeBytes", e.performed_at AS "performedAt",
    coalesce(e.started_at, e.performed_at) AS "startedAt"
  FROM evidence e WHERE e.inlet_id = i.id AND e.superseded_by_id IS NULL AND e.outcome = 'PASSED' AND e.size_bytes IS NOT NULL AND ${IS_MEASURE}
  ORDER BY e.performed_at DESC, e.id DESC LIMIT ${MOST_SIZES}`;
