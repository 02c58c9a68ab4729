import { isEmail } from 'class-validator';
import { mailLink, mailList, mailPage, mailParagraph } from '../../mail-html';
import type { ChannelKind, Told } from './channel-kind';

/** A mail to the shared address of an organisation, by the mail server that the mails to people go by. */
export const MAIL: ChannelKind = {
  kind: 'MAIL',
  signed: false,
  refusalOf: (address) => (isEmail(address) ? null : 'NOT_AN_EMAIL'),
  hintOf: (address) => address,
  send: async (told, { name, address }, { mail }) => {
    if (!mail) throw new Error('NO_MAIL_SERVER');
    const { id, title: subject } = told;
    const content = { subject, text: mailText(told), html: mailHtml(told) };
    await mail.send({ messageId: `<${id}@sonae>`, to: { name, address }, ...content });
    return 'SMTP 250';
  },
};

function mailText({ text, lines, more, url }: Told): string {
  const body = lines.flatMap(({ when, title, where, reason, url: link }) => [
    [when, title, where && `— ${where}`].filter(Boolean).join(' '),
    ...(reason ? [`  ${reason}`] : []),
    `  ${link}`,
    '',
  ]);
  return [text, '', ...body, ...(more ? [more] : []), url, ''].join('\n');
}

function mailHtml({ locale, title, text, lines, more, url }: Told): string {
  const list = mailList(lines.map(({ where, ...line }) => ({ ...line, system: where })));
  const ending = `${more ? mailParagraph(more) : ''}<p>${mailLink(url, url)}</p>`;
  return mailPage(locale, title, `${mailParagraph(text)}${list}${ending}`);
}
