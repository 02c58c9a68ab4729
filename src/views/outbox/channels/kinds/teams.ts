import type { ChannelKind, Told, ToldLine } from './channel-kind';
import { hostOf, postJson } from './post-json';

/** A flow of Teams takes 28 KB: so much of each reason fits with the most lines there are. */
const REASON = 160;

/** The workflow “Post to a channel when a webhook request is received” of Microsoft Teams. */
export const TEAMS: ChannelKind = {
  kind: 'TEAMS',
  signed: false,
  refusalOf: (address, post) => post.refusalOf(address),
  hintOf: hostOf,
  send: (told, { address }, { post }) => postJson(post, address, JSON.stringify(teamsMessage(told))),
};

/** The message as an Adaptive Card. Runs of text are shown as they are, so that no name of a system is taken for Markdown. */
export function teamsMessage({ title, text, lines, more, url, locale }: Told): object {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.5',
          lang: locale,
          msteams: { width: 'Full' },
          body: [
            paragraph([{ text: title, weight: 'Bolder', size: 'Large' }]),
            paragraph([{ text }]),
            ...lines.map(lineParagraph),
            ...(more ? [paragraph([{ text: more, isSubtle: true }])] : []),
          ],
          actions: [{ type: 'Action.OpenUrl', title: 'Sonae', url }],
        },
      },
    ],
  };
}

function paragraph(runs: readonly object[]): object {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) };
}

function lineParagraph({ when, title, where, reason, url }: ToldLine): object {
  return paragraph([
    ...(when ? [{ text: `${when} `, weight: 'Bolder' }] : []),
    { text: title, selectAction: { type: 'Action.OpenUrl', url } },
    ...(where ? [{ text: ` — ${where}` }] : []),
    ...(reason ? [{ text: `\n${reason.slice(0, REASON)}`, isSubtle: true }] : []),
  ]);
}
