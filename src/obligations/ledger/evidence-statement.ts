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

const KIND = plain('kind');

/** With its kind, records that may stand for each other: a rule takes all of a sort or none, but for how strong they are and how they ended. */
const SORT: readonly Part[] = [
  REQUIREMENT,
  { name: 'subject', sql: `COALESCE(subject, '')` },
  { name: 'rule_key', sql: `COALESCE(rule_key, '')` },
  { name: 'drill', sql: `COALESCE(credited_drill_type, '')` },
  { name: 'shared', sql: '(shared_from_id IS NOT NULL)' },
];

interface Walk {
  name: string;
  /** Which walks are taken: SQL of rows `s` with the columns `system_id` and those of `along`. */
  from: string;
  /** Groups that a walk stays in. */
  along: readonly Part[];
  /** What else one record is wanted of. */
  groups: readonly Part[];
  /** Further columns of that record. */
  more: string;
  where: string;
  direction: 'ASC' | 'DESC';
  /** Which record of a group comes first. */
  within: string;
}

/**
 * The first record of each group of each walk: from one group straight to the next along an index, since the years of records in between say nothing.
 * The order must be that of the index.
 */
function firstOfEach({ name, from, along, groups, more, where, direction, within }: Walk): string {
  const all = [...along, ...groups];
  const order = all.map(({ sql }) => `${sql} ${direction}`).join(', ');
  const first = (of: string, beyond: string): string => `
    SELECT ${all.map((part) => `${part.sql} AS ${part.name}`).join(', ')}, ${more} FROM evidence
    WHERE system_id = ${of}.system_id${along.map((part) => ` AND ${part.sql} = ${of}.${part.name}`).join('')}
      AND ${LIVE}${where}${beyond} ORDER BY ${order}, ${within} LIMIT 1`;
  const here = groups.map(({ sql }) => sql).join(', ');
  const last = groups.map((part) => `seen.${part.name}`).join(', ');
  const beyond = ` AND (${here}) ${direction === 'ASC' ? '>' : '<'} (${last})`;
  return `${name} AS (
    SELECT s.system_id, e.* FROM ${from} CROSS JOIN LATERAL (${first('s', '')}) e
    UNION ALL
    SELECT seen.system_id, e.* FROM ${name} seen CROSS JOIN LATERAL (${first('seen', beyond)}) e)`;
}

const newest = (some: boolean): string =>
  firstOfEach({
    name: 'newest',
    from: some
      ? '(SELECT * FROM unnest($1::uuid[]) system_id, unnest($3::text[]) kind) s'
      : 'unnest($1::uuid[]) s(system_id)',
    along: some ? [KIND] : [],
    groups: [...(some ? [] : [KIND]), ...SORT, plain('outcome'), plain('strength')],
    more: 'performed_at, id',
    where: '',
    direction: 'DESC',
    within: 'performed_at DESC, id DESC',
  });

const points = (some: boolean): string =>
  firstOfEach({
    name: 'points',
    from: `(SELECT * FROM unnest($1::uuid[]) system_id${some ? ` WHERE 'BACKUP' = ANY($3::text[])` : ''}) s`,
    along: [],
    groups: [REQUIREMENT, plain('strength')],
    more: 'id',
    where: ` AND kind = 'BACKUP' AND outcome = 'PASSED' AND recovery_point_at IS NOT NULL`,
    direction: 'ASC',
    within: 'recovery_point_at DESC, performed_at, id',
  });

/**
 * All that a judgement can rest on, of the systems `$1`, up to the instant `$2`: the newest record of each sort; the newest point of the
 * backups by the first that told of it, since an old point may be reported last; and of the failures also the first after each pass, since that is when a
 * failure began. Reads as many records as there are sorts and failures, however many years of passes there are (`ix_evidence_sorts`, `ix_evidence_points`,
 * `ix_evidence_failures`).
 */
const statement = (some: boolean): string => {
  const asked = some ? ' AND kind = ANY($3::text[])' : '';
  return `
  WITH RECURSIVE ${newest(some)}, ${points(some)}, failures AS (
    SELECT id, system_id, performed_at, lag(performed_at) OVER (PARTITION BY system_id, ${[KIND, ...SORT].map(({ sql }) => sql).join(', ')}
      ORDER BY performed_at, id) AS failed_before
    FROM evidence WHERE system_id = ANY($1::uuid[]) AND ${LIVE} AND outcome = 'FAILED'${asked}
  )
  SELECT ${COLUMNS} FROM evidence WHERE id = ANY(ARRAY(
    SELECT id FROM newest UNION SELECT id FROM points UNION
    SELECT f.id FROM failures f WHERE failed_before IS NULL OR EXISTS (SELECT FROM newest passed
      WHERE passed.system_id = f.system_id AND passed.outcome = 'PASSED'
        AND passed.performed_at > f.failed_before AND passed.performed_at <= f.performed_at)))`;
};

export const EVIDENCE = statement(false);

/** The same of the kinds `$3` alone: what walks along the others would find is not looked for. */
export const EVIDENCE_OF_KINDS = statement(true);
