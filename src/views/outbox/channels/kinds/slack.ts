import type { ChannelKind, Told, ToldLine } from './channel-kind';
import { hostOf, postJson } from './post-json';

/** Most characters of a header block and of a section. */
const HEADER = 150;
const SECTION = 3_000;

/** An incoming webhook of Slack, or of what understands its blocks. */
export const SLACK: ChannelKind = {
  kind: 'SLACK',
  signed: false,
  refusalOf: (address, post) => post.refusalOf(address),
  hintOf: hostOf,
  send: (told, { address }, { post }) => postJson(post, address, JSON.stringify(slackMessage(told))),
};

/** The message as Block Kit. Names of systems and people's words are escaped: they can neither link nor call anybody. */
export function slackMessage({ title, text, lines, more, url }: Told): object {
  const section = (mrkdwn: string): object => ({
    type: 'section',
    text: { type: 'mrkdwn', text: mrkdwn.slice(0, SECTION) },
  });
  return {
    text: escape(title),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title.slice(0, HEADER), emoji: false } },
      section(escape(text)),
      ...lines.map((line) => section(lineText(line))),
      { type: 'context', elements: [{ type: 'mrkdwn', text: `${more ? `${escape(more)} ` : ''}<${url}>` }] },
    ],
  };
}

function lineText({ when, title, where, reason, url }: ToldLine): string {
  const head = [escape(when), `<${url}|${escape(title)}>`, where && `— ${escape(where)}`].filter(Boolean).join(' ');
  return reason ? `${head}\n${escape(reason)}` : head;
}

/** Also what would be formatting: a zero-width space keeps `*` and its like from pairing. */
function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_~`|]/g, '\u200b$&\u200b');
}
