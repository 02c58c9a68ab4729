import type { EntityManager } from 'typeorm';
import { PERMISSIONS } from '../../access/permissions';
import type { NoticeKind } from '../../obligations/notices/notice.entity';
import { tellPeople } from '../../obligations/notices/tell-people';
import { type Calendar, formatDate } from '../../platform/messages/format';
import { type Locale, message } from '../../platform/messages/messages';
import type { Report } from './report.entity';

interface Telling {
  m: EntityManager;
  at: Date;
  /** Who did it, and need not be told. */
  byId: string;
}

interface Told extends Pick<Report, 'organisationId' | 'periodKind' | 'startsOn' | 'endsOn'> {
  userId: string;
  name: string;
  nameEn: string | null;
  locale: Locale;
  calendar: Calendar;
}

/** A report with the people of a condition on `u`, each with what their words are made of. */
const toldWhere = (condition: string): string => `
  SELECT u.id AS "userId", u.locale, u.calendar, o.name, o.name_en AS "nameEn", o.id AS "organisationId", r.period_kind AS "periodKind",
    r.starts_on::text AS "startsOn", r.ends_on::text AS "endsOn"
  FROM report r JOIN organisation o ON o.id = r.organisation_id JOIN app_user u ON ${condition}
  WHERE r.id = $1 AND u.id <> $2 ORDER BY u.id`;

const WHO_ACKNOWLEDGE = toldWhere(`EXISTS (SELECT FROM role_assignment held
    JOIN organisation_closure c ON c.ancestor_id = held.organisation_id AND c.organisation_id = r.organisation_id AND c.details_open
  WHERE held.user_id = u.id AND held.role = ANY($3))`);

const WHO_SUBMITTED = toldWhere('u.id = r.submitted_by_id');

/** Tells everybody who can acknowledge a report that it has been submitted. */
export async function tellOfSubmission(telling: Telling, reportId: string): Promise<void> {
  const people = await telling.m.query<Told[]>(WHO_ACKNOWLEDGE, [
    reportId,
    telling.byId,
    Object.keys(PERMISSIONS['reports:acknowledge']),
  ]);
  await tell(telling, people, reportId, 'REPORT_SUBMITTED', reportId);
}

/** Tells who submitted a report what came of it; nobody while it is a draft. `occurrence` is the id of the report or of the comment. */
export async function tellSubmitter(
  telling: Telling,
  reportId: string,
  kind: 'REPORT_ACKNOWLEDGED' | 'REPORT_COMMENTED',
  occurrence: string,
): Promise<void> {
  await tell(
    telling,
    await telling.m.query<Told[]>(WHO_SUBMITTED, [reportId, telling.byId]),
    reportId,
    kind,
    occurrence,
  );
}

async function tell(
  { m, at }: Telling,
  people: readonly Told[],
  reportId: string,
  kind: NoticeKind,
  occurrence: string,
): Promise<void> {
  await tellPeople(
    m,
    people.map((person) => ({
      ...{ userId: person.userId, kind, occurrence, systemId: null, systemCount: 1 },
      ...{
        organisationIds: [person.organisationId],
        path: `/reports/${reportId}`,
        note: noteFor(person),
        createdAt: at,
      },
    })),
  );
}

function noteFor({ locale, calendar, name, nameEn, periodKind, startsOn, endsOn }: Told): string {
  return message(locale, 'report.about', {
    organisation: (locale === 'en' && nameEn) || name,
    kind: message(locale, `periodKind.${periodKind}`),
    from: formatDate(locale, startsOn, calendar),
    to: formatDate(locale, endsOn, calendar),
  });
}
