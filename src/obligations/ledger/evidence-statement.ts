const COLUMNS = `id, system_id AS "systemId", kind, subject, rule_key AS "ruleKey", backup_requirement_id AS "backupRequirementId",
    outcome, strength, performed_at AS "performedAt", recovery_point_at AS "recoveryPointAt",
    credited_drill_type AS "creditedDrillType", shared_from_id IS NOT NULL AS shared, copy_facts AS "copyFacts"`;

const LIVE = 'superseded_by_id IS NULL AND usable AND performed_at <= $2';
const NONE = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** A column by which records are told apart, and the same without nulls, as the indexes have it: only so is there an order to walk along. */
interface Part {
  name: string;
  sql: string;
}

const plain = (name: string): Part => ({ name, sql: name });
const REQUIREMENT: Part = { name: 'requirement', sql: `COALESCE(backup_requirement_id, ${NONE})` };

/** Records that may stand for each other: a rule takes all of a sort or none, but for how strong they are and how they ended. */
const SORT: readonly Part[] = [
  plain('kind'),
  REQUIREMENT,
  { name: 'subject', sql: `COALESCE(subject, '')` },
  { name: 'rule_key', sql: `COALESCE(rule_key, '')` },
  { name: 'drill', sql: `COALESCE(credited_drill_type, '')` },
  { name: 'shared', sql: '(shared_from_id IS NOT NULL)' },
];

interface Walk {
  name: string;
  /** What one record is wanted of. */
  groups: readonly Part[];
  /** Further columns of that record. */
  more: string;
  where: string;
  direction: 'ASC' | 'DESC';
  /** Which record of a group comes first. */
  within: string;
}

/**
 * The first record of each group of each system in `$1`: from one group straight to the next along an index, since the years of records in between say nothing.
 * The order must be that of the index.
 */
function firstOfEach({ name, groups, more, where, direction, within }: Walk): string {
  const order = groups.map(({ sql }) => `${sql} ${direction}`).join(', ');
  const first = (system: string, beyond: string): string => `
    SELECT ${groups.map((part) => `${part.sql} AS ${part.name}`).join(', ')}, ${more} FROM evidence
    WHERE system_id = ${system} AND ${LIVE}${where}${beyond} ORDER BY ${order}, ${within} LIMIT 1`;
  const here = groups.map(({ sql }) => sql).join(', ');
  const last = groups.map((part) => `seen.${part.name}`).join(', ');
  const beyond = ` AND (${here}) ${direction === 'ASC' ? '>' : '<'} (${last})`;
  return `${name} AS (
    SELECT s.system_id, e.* FROM unnest($1::uuid[]) s(system_id) CROSS JOIN LATERAL (${first('s.system_id', '')}) e
    UNION ALL
    SELECT seen.system_id, e.* FROM ${name} seen CROSS JOIN LATERAL (${first('seen.system_id', beyond)}) e)`;
}

const NEWEST = firstOfEach({
  name: 'newest',
  groups: [...SORT, plain('outcome'), plain('strength')],
  more: 'performed_at, id',
  where: '',
  direction: 'DESC',
  within: 'performed_at DESC, id DESC',
});

const POINTS = firstOfEach({
  name: 'points',
  groups: [REQUIREMENT, plain('strength')],
  more: 'id',
  where: ` AND kind = 'BACKUP' AND outcome = 'PASSED' AND recovery_point_at IS NOT NULL`,
  direction: 'ASC',
  within: 'recovery_point_at DESC, performed_at, id',
});

/**
 * All that a judgement can rest on, of the systems `$1`, up to the instant `$2`, of the kinds `$3`: the newest record of each sort; the newest point of the
 * backups by the first that told of it, since an old point may be reported last; and of the failures also the first after each pass, since that is when a
 * failure began. Reads as many records as there are sorts and failures, however many years of passes there are (`ix_evidence_sorts`, `ix_evidence_points`,
 * `ix_evidence_failures`).
 */
export const EVIDENCE = `
  WITH RECURSIVE ${NEWEST}, ${POINTS}, failures AS (
    SELECT id, system_id, performed_at, lag(performed_at) OVER (PARTITION BY system_id, ${SORT.map(({ sql }) => sql).join(', ')}
      ORDER BY performed_at, id) AS failed_before
    FROM evidence WHERE system_id = ANY($1::uuid[]) AND ${LIVE} AND outcome = 'FAILED'
  )
  SELECT ${COLUMNS} FROM evidence WHERE kind = ANY($3::text[]) AND id = ANY(ARRAY(
    SELECT id FROM newest UNION SELECT id FROM points UNION
    SELECT f.id FROM failures f WHERE failed_before IS NULL OR EXISTS (SELECT FROM newest passed
      WHERE passed.system_id = f.system_id AND passed.outcome = 'PASSED'
        AND passed.performed_at > f.failed_before AND passed.performed_at <= f.performed_at)))`;
