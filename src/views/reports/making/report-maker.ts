import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { organisationJson } from '../../../access/references/refs-sql';
import type { OrganisationRef } from '../../../access/references/refs.response';
import { AuditLog } from '../../../audit/audit-log';
import { isRunning, type PeriodKind } from '../../../core/report/reporting-period';
import { addDays, type CivilDate } from '../../../core/time/civil-date';
import { localDate, startOfDay } from '../../../core/time/zone';
import { RuleTitles } from '../../../obligations/rule-titles';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { canonicalJson } from '../../../platform/database/canonical-json';
import { openDuties, turns } from '../content/duties';
import { exceptions } from '../content/exceptions';
import { FrozenWording } from '../../../obligations/lists/frozen-wording';
import { improvements } from '../content/improvements';
import { proofs } from '../content/proofs';
import type { ReportContent } from '../content/report-content.response';
import { MOST_LISTED, type SectionQuery } from '../content/section-query';
import { standing, standingBefore } from '../content/standing';
import { waivers } from '../content/waivers';

/** So many workers may die over one report before it is given up. */
const MOST_ATTEMPTS = 5;

/** The sections in the order in which they are made, one statement or two each. */
const SECTIONS = {
  standing,
  before: standingBefore,
  turns,
  duties: openDuties,
  waivers,
  proofs,
  improvements,
  exceptions,
};
export const SECTION_COUNT = Object.keys(SECTIONS).length;

interface Claimed {
  organisationId: string;
  organisation: OrganisationRef;
  kind: PeriodKind;
  startsOn: CivilDate;
  endsOn: CivilDate;
  version: number;
  attempts: number;
}

/** Makes the reports that were asked for, and freezes them (docs/adr/0041). */
@Injectable()
export class ReportMaker {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Makes one. A job that comes again leaves what was made as it is. */
  async run(reportId: string): Promise<void> {
    const claimed = await this.claim(reportId);
    if (!claimed) return;
    if (claimed.attempts > MOST_ATTEMPTS) {
      await this.dataSource.query(`UPDATE report SET status = 'FAILED' WHERE id = $1 AND status = 'RUNNING'`, [
        reportId,
      ]);
      return;
    }
    const content = await this.contentOf(reportId, claimed);
    const frozen = canonicalJson(content);
    const sha256 = createHash('sha256').update(frozen).digest('hex');
    await this.dataSource.transaction(async (m) => {
      const [, made] = await m.query<[unknown, number]>(
        `UPDATE report SET status = 'DRAFT', content = $2, sha256 = $3, standing_at = $4 WHERE id = $1 AND status = 'RUNNING' AND attempts = $5`,
        [reportId, frozen, sha256, content.asOf, claimed.attempts],
      );
      if (made === 0) return;
      const { organisationId, version } = claimed;
      const about = { recordType: 'report', recordId: reportId, organisationId };
      await this.audit.record(m, null, { action: 'report.made', ...about, after: { version, sha256 } });
    });
  }

  private async claim(reportId: string): Promise<Claimed | undefined> {
    const [[claimed]] = await this.dataSource.query<[Claimed[], number]>(
      `UPDATE report r SET status = 'RUNNING', attempts = attempts + 1, sections_done = 0 FROM organisation org
       WHERE org.id = r.organisation_id AND r.id = $1 AND r.status IN ('QUEUED','RUNNING')
       RETURNING r.organisation_id AS "organisationId", ${organisationJson('org')} AS organisation, r.period_kind AS kind,
         r.starts_on::text AS "startsOn", r.ends_on::text AS "endsOn", r.version, r.attempts`,
      [reportId],
    );
    return claimed;
  }

  private async contentOf(reportId: string, claimed: Claimed): Promise<ReportContent> {
    const { organisationId, organisation, kind, startsOn, endsOn, version } = claimed;
    const now = this.clock.now();
    const timeZone = this.config.TZ_DEFAULT;
    const today = localDate(now, timeZone);
    const period = { kind, startsOn, endsOn };
    const running = isRunning(period, today);
    const until = running ? now : startOfDay(addDays(endsOn, 1), timeZone);
    const query: SectionQuery = {
      m: this.dataSource.manager,
      ...{ organisationId, period, running, until, from: startOfDay(startsOn, timeZone) },
      asOfOn: running ? today : addDays(endsOn, 1),
    };
    const wording = new FrozenWording(query.m, this.titles, timeZone);
    const sections: [string, unknown][] = [];
    for (const [name, make] of Object.entries(SECTIONS)) {
      sections.push([name, await make(query, wording)]);
      await this.dataSource.query(`UPDATE report SET sections_done = $2 WHERE id = $1 AND status = 'RUNNING'`, [
        reportId,
        sections.length,
      ]);
    }
    const content = {
      ...{
        schema: 1,
        organisation,
        periodKind: kind,
        startsOn,
        endsOn,
        version,
        asOf: until,
        running,
        generatedAt: now,
        timeZone,
      },
      ...{ mostListed: MOST_LISTED, ...Object.fromEntries(sections) },
    };
    // Instants become text here, so that the digest is of what is stored.
    return JSON.parse(JSON.stringify(content)) as ReportContent;
  }
}
