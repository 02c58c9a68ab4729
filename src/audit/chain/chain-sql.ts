export const HEAD = 'SELECT seq::integer AS seq, hash FROM audit_link ORDER BY audit_link.seq DESC LIMIT 1';

/** Of the personal part every digest must fit, unless the person was erased; and nothing may be there that has no digest. */
const PERSONAL_FAULT = `(SELECT min(fault) FROM (
    SELECT CASE WHEN NOT coalesce(e.personal ? d.key, FALSE) THEN 'PERSONAL_MISSING' ELSE 'PERSONAL_ALTERED' END AS fault
    FROM jsonb_each_text(e.personal_digests) d
    WHERE CASE WHEN e.personal ? d.key THEN audit_digest((e.personal -> d.key)::text) <> d.value
      ELSE NOT EXISTS (SELECT FROM audit_event x JOIN audit_link l ON l.event_id = x.id
        WHERE x.action = 'user.erased' AND x.record_id = d.key::uuid) END
    UNION ALL
    SELECT 'PERSONAL_ALTERED' FROM jsonb_object_keys(e.personal) key
    WHERE NOT coalesce(e.personal_digests ? key, FALSE)) faults)`;

/** The links after $1, whose hash is $2, at most $3 of them: how many, the last one, and the first that is broken. */
export const PAGE = `
  WITH page AS (
    SELECT l.seq, l.hash, l.event_id, e.id IS NULL AS lost,
      CASE WHEN e.id IS NOT NULL THEN audit_digest(audit_text(e)) END AS digest,
      CASE WHEN e.personal IS NOT NULL OR e.personal_digests IS NOT NULL THEN ${PERSONAL_FAULT} END AS personal_fault
    FROM (SELECT * FROM audit_link WHERE seq > $1 ORDER BY seq LIMIT $3) l LEFT JOIN audit_event e ON e.id = l.event_id
  ), placed AS (
    SELECT *, lag(seq, 1, $1::bigint) OVER w AS previous_seq, lag(hash, 1, $2::text) OVER w AS previous
    FROM page WINDOW w AS (ORDER BY seq)
  ), judged AS (
    SELECT *, CASE
      WHEN seq <> previous_seq + 1 THEN 'LINK_MISSING'
      WHEN lost THEN 'EVENT_MISSING'
      WHEN hash <> audit_hash(previous, seq, digest) THEN 'EVENT_ALTERED'
      ELSE personal_fault END AS reason
    FROM placed
  )
  SELECT count(*)::integer AS links, max(seq)::integer AS seq, (array_agg(hash ORDER BY seq DESC))[1] AS hash,
    (SELECT jsonb_build_object('seq', CASE reason WHEN 'LINK_MISSING' THEN previous_seq + 1 ELSE seq END,
        'eventId', CASE WHEN reason <> 'LINK_MISSING' THEN event_id END, 'reason', reason)
     FROM judged WHERE reason IS NOT NULL ORDER BY seq LIMIT 1) AS broken
  FROM judged`;

/**
 * Why the hash at $1 does not fit; $2 is what the first link follows. Another event fits there: the two have changed places. The next link
 * does not fit this hash either: it is the hash that was altered.
 */
export const ALTERED_AT = `
  SELECT CASE
    WHEN EXISTS (SELECT FROM audit_link other JOIN audit_event e ON e.id = other.event_id
      WHERE other.seq <> link.seq AND audit_hash(link.previous, link.seq, audit_digest(audit_text(e))) = link.hash)
      THEN 'EVENT_MOVED'
    WHEN EXISTS (SELECT FROM audit_link next JOIN audit_event e ON e.id = next.event_id
      WHERE next.seq = link.seq + 1 AND audit_hash(link.hash, next.seq, audit_digest(audit_text(e))) <> next.hash)
      THEN 'LINK_ALTERED'
    ELSE 'EVENT_ALTERED' END AS reason
  FROM (SELECT l.seq, l.hash, coalesce((SELECT b.hash FROM audit_link b WHERE b.seq = l.seq - 1), $2) AS previous
    FROM audit_link l WHERE l.seq = $1) link`;

export const FIRST_UNLINKED = `SELECT e.id FROM audit_event e
  WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.event_id = e.id) ORDER BY e.at, e.id LIMIT 1`;
