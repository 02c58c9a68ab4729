import { daysBetween } from '../../../core/time/civil-date';
import { noticeTitle } from '../../../obligations/notices/notice-title';
import { Calendar, formatDate } from '../../../platform/messages/format';
import { Locale, message } from '../../../platform/messages/messages';
import { renderReason, Wording } from '../../../platform/messages/render-reason';
import { DigestItem, LineItem } from './digest-items';
import { bookingPath, bookingText, type DrillBooking } from '../../../obligations/notices/booked-drills';
import { dutyPath } from '../../../obligations/notices/duty-path';
import { DigestNotice } from './digest-notices';
import { mailHeading, mailList, mailPage, mailParagraph, type MailLine } from '../mail-html';

/** A mail ready to be sent, as plain text and as small HTML. */
export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** What a digest is written for. `today` is the recipient's civil day. */
export interface DigestContext {
  recipientName: string;
  locale: Locale;
  timeZone: string;
  calendar: Calendar;
  today: string;
  publicUrl: string;
  /** Of the duties that a drill meets, by obligation: whether one is planned. */
  bookings: ReadonlyMap<string, DrillBooking>;
  ruleTitle: (item: Pick<DigestItem, 'policyId' | 'ruleKey'>) => string;
}

type LineContext = Omit<DigestContext, 'recipientName'>;

const SECTIONS = ['FAILED', 'OVERDUE', 'OPEN'] as const;

/**
 * Writes one digest: what failed, what is overdue, what is coming, each with the one link that leads to where it is cleared, and what else
 * the person is told.
 * @returns it with the secrets of links that need no sign-in, by obligation. Whatever they are, its sentences are worded once.
 */
export function composeDigest(
  items: readonly DigestItem[],
  notices: readonly DigestNotice[],
  context: DigestContext,
): (secrets: ReadonlyMap<string, string>) => ComposedMail {
  const { locale, publicUrl } = context;
  const sections = [
    ...SECTIONS.map((section) => ({
      title: message(locale, `digest.section.${section}`),
      lines: items
        .filter((item) => sectionOf(item) === section)
        .map((item) => ({ ...lineOf(item, context), obligationId: item.obligationId })),
    })),
    { title: message(locale, 'digest.section.NOTICES'), lines: notices.map((notice) => noticeLine(notice, context)) },
  ].filter(({ lines }) => lines.length > 0);
  const count = items.length + notices.length;
  const opening = message(locale, 'digest.opening', {
    name: context.recipientName,
    count,
    today: formatDate(locale, context.today, context.calendar),
  });
  const subject = subjectOf(sections[0]?.lines[0], count, locale);
  const closing = message(locale, 'digest.closing', { url: `${publicUrl}/me` });
  return (secrets) => {
    const opened = sections.map(({ title, lines }) => ({
      title,
      lines: lines.map((line: MailLine & { obligationId?: string }) => {
        const secret = line.obligationId && secrets.get(line.obligationId);
        // In the fragment, which browsers send to nobody: no log and no scanner of mails sees the secret at work.
        return secret ? { ...line, url: `${publicUrl}/link#${secret}` } : line;
      }),
    }));
    return {
      subject,
      text: asText(opening, opened, closing),
      html: asHtml(locale, subject, opening, opened, closing),
    };
  };
}

function subjectOf(first: MailLine | undefined, count: number, locale: Locale): string {
  const { when = '', title = '', system = '' } = first ?? {};
  const kind = when === '' ? 'subjectNotice' : 'subject';
  const params = { when, rule: title, system, count: count - 1 };
  return message(locale, count > 1 ? `digest.${kind}Many` : `digest.${kind}`, params);
}

function noticeLine(notice: DigestNotice, { locale, timeZone, calendar, publicUrl }: DigestContext): MailLine {
  const wording: Wording = { locale, timeZone, calendar, ruleTitle: (ruleKey) => ruleKey };
  const reason = notice.reason ? renderReason(notice.reason, wording).text : (notice.note ?? '');
  const title = noticeTitle(notice, locale);
  return { when: '', title, system: '', reason, url: `${publicUrl}${notice.path}` };
}

function sectionOf({ state }: DigestItem): (typeof SECTIONS)[number] {
  return state === 'FAILED' || state === 'OVERDUE' ? state : 'OPEN';
}

/** One obligation as a line, with the link to where it is cleared. */
export function lineOf(item: LineItem, context: LineContext): MailLine {
  const { locale, timeZone, calendar } = context;
  const wording: Wording = {
    locale,
    timeZone,
    calendar,
    ruleTitle: (ruleKey) => context.ruleTitle({ policyId: item.policyId, ruleKey }),
  };
  return {
    when: whenOf(item, context),
    title: context.ruleTitle(item),
    system: whoseOf(item, locale),
    reason: [item.reason ? renderReason(item.reason, wording).text : '', bookingOf(item, context)]
      .filter(Boolean)
      .join(locale === 'ja' ? '' : ' '),
    url: urlOf(item, context),
  };
}

/** Which drill is planned to meet the duty, or that one is to be planned; nothing for what no drill meets. */
function bookingOf({ obligationId }: LineItem, { bookings, locale, calendar }: LineContext): string {
  const booking = bookings.get(obligationId);
  return booking ? bookingText(booking, locale, calendar) : '';
}

/** The system, or the organisation where it owes for itself. */
function whoseOf(item: LineItem, locale: Locale): string {
  if (item.systemName === null) return (locale === 'en' && item.organisationNameEn) || item.organisationName;
  const name = (locale === 'en' && item.systemNameEn) || item.systemName;
  return message(locale, 'digest.system', { name, code: item.systemCode });
}

function urlOf(item: LineItem, { publicUrl, bookings }: Pick<DigestContext, 'publicUrl' | 'bookings'>): string {
  const booking = bookings.get(item.obligationId);
  return `${publicUrl}${booking && item.systemId ? bookingPath(booking, item.systemId) : dutyPath(item)}`;
}

function whenOf({ state, dueOn }: LineItem, { locale, today }: Pick<DigestContext, 'locale' | 'today'>): string {
  if (state === 'FAILED') return message(locale, 'digest.when.failed');
  const days = dueOn ? daysBetween(today, dueOn) : 0;
  if (days > 0) return message(locale, 'digest.when.before', { count: days });
  return message(locale, days === 0 ? 'digest.when.today' : 'digest.when.after', { count: -days });
}

type Section = { title: string; lines: MailLine[] };

function asText(opening: string, sections: readonly Section[], closing: string): string {
  const body = sections.flatMap(({ title, lines }) => [
    `■ ${title}`,
    ...lines.flatMap(({ when, title, system, reason, url }) => [
      [when, title, system && `— ${system}`].filter(Boolean).join(' '),
      ...reason.split('\n').map((line) => `  ${line}`),
      `  ${url}`,
      '',
    ]),
  ]);
  return [opening, '', ...body, closing, ''].join('\n');
}

function asHtml(
  locale: Locale,
  subject: string,
  opening: string,
  sections: readonly Section[],
  closing: string,
): string {
  const rows = sections.map(({ title, lines }) => `${mailHeading(title)}${mailList(lines)}`).join('');
  return mailPage(locale, subject, `${mailParagraph(opening)}${rows}${mailParagraph(closing)}`);
}
