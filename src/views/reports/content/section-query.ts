import { EntityManager } from 'typeorm';
import { organisationJson } from '../../../access/references/refs-sql';
import type { ReportingPeriod } from '../../../core/report/reporting-period';
import type { CivilDate } from '../../../core/time/civil-date';

/** So many entries of a list are kept; the counts beside it are exact. */
export const MOST_LISTED = 1_000;

/** What every section is asked for: an organisation with all below it, from an instant up to another, which is not within. */
export interface SectionQuery {
  m: EntityManager;
  organisationId: string;
  period: ReportingPeriod;
  running: boolean;
  from: Date;
  until: Date;
  /** The day from which the report looks back: the one after the period, or today while it runs. */
  asOfOn: CivilDate;
}

/**
 * SQL: within the subtree of `$1`, but for agencies below it that keep their details to themselves (docs/adr/0025). Whoever may read a report may read
 * all of this: its scope is the organisation of the report.
 */
export const within = (column: string): string =>
  `${column} IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $1 AND details_open)`;

/** SQL of a `ReportedSystem` out of joined `system s` and `organisation org`; null without a system. */
export const SYSTEM = `CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en,
  'tier', s.tier, 'organisation', ${organisationJson('org')}) END`;

/** The heaviest tier first. */
export const BY_TIER = `array_position(ARRAY['HIGH','MODERATE','LOW'], s.tier) NULLS LAST`;
