import type { Told } from './channel-kind';

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const link = (url: string, text: string): string =>
  `<a href="${escape(url)}" style="color:#0017c1">${escape(text)}</a>`;

/** The message as small HTML, everything in it escaped. */
export function mailHtml({ locale, title, text, lines, more, url }: Told): string {
  const items = lines
    .map((line) => {
      const head = `<strong>${escape(line.when)} ${link(line.url, line.title)}</strong>`;
      return `<li style="margin:0 0 12px">${head}${line.where && ` — ${escape(line.where)}`}<br>${escape(line.reason)}</li>`;
    })
    .join('');
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body style="font-family:sans-serif;font-size:14px;line-height:1.7;color:#1a1a1a;background:#ffffff;max-width:640px;margin:0 auto;padding:16px"><p>${escape(text)}</p><ul style="padding-left:20px;margin:0">${items}</ul>${more ? `<p>${escape(more)}</p>` : ''}<p>${link(url, url)}</p></body></html>`;
}
