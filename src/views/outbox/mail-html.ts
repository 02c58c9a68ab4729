import type { Locale } from '../../platform/messages/messages';

/** One thing that a mail tells of. `when` and `system` are empty where the title says it all. */
export interface MailLine {
  when: string;
  title: string;
  system: string;
  reason: string;
  url: string;
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A paragraph of text, escaped. */
export const mailParagraph = (text: string): string => `<p>${escape(text)}</p>`;

/** A heading above a list, escaped. */
export const mailHeading = (text: string): string =>
  `<h2 style="font-size:16px;margin:24px 0 8px">${escape(text)}</h2>`;

/** A link that is shown as `text`, both escaped. */
export const mailLink = (url: string, text: string): string =>
  `<a href="${escape(url)}" style="color:#0017c1">${escape(text)}</a>`;

/** What a mail tells of, as a list, everything in it escaped. */
export function mailList(lines: readonly MailLine[]): string {
  const items = lines.map(
    ({ when, title, system, reason, url }) =>
      `<li style="margin:0 0 12px"><strong>${escape(when)} ${mailLink(url, title)}</strong>${system && ` — ${escape(system)}`}<br>${escape(reason)}</li>`,
  );
  return `<ul style="padding-left:20px;margin:0">${items.join('')}</ul>`;
}

/** The whole of a mail. @param body HTML, of the parts above. */
export const mailPage = (locale: Locale, subject: string, body: string): string =>
  `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="font-family:sans-serif;font-size:14px;line-height:1.7;color:#1a1a1a;background:#ffffff;max-width:640px;margin:0 auto;padding:16px">${body}</body></html>`;
