import { Webhook } from 'standardwebhooks';
import { CHANNEL_KIND_NAMES } from '../channel.entity';
import type { Told } from './channel-kind';
import { CHANNEL_KINDS } from './channel-kinds';
import { slackMessage } from './slack';
import { teamsMessage } from './teams';
import { newSigningSecret, signatureHeaders } from './webhook';

const LINE = {
  ...{
    id: null,
    state: 'OVERDUE',
    dueOn: '2026-12-01',
    when: '期限を3日超過',
    title: '復元テスト',
    where: '<!channel> *電子*申請',
  },
  ...{ reason: '<https://evil.example|押す>', url: 'https://sonae.example/systems/1?act=2' },
};
const told = (lines: number): Told => ({
  ...{ id: 'id', type: 'digest', locale: 'ja', toldOn: '2026-12-04', title: '総務省: 1件', text: '対応が必要です。' },
  ...{ lines: Array.from({ length: lines }, () => LINE), more: 'ほか5件', url: 'https://sonae.example/obligations' },
});

describe('the kinds of channels', () => {
  it('are those that a channel can have', () => {
    expect(CHANNEL_KINDS.map(({ kind }) => kind)).toEqual(CHANNEL_KIND_NAMES);
  });

  it('sign as the published verifier of Standard Webhooks wants it, with the new and with the former secret', () => {
    const [present, former, stranger] = [newSigningSecret(), newSigningSecret(), newSigningSecret()];
    const body = JSON.stringify({ text: '備え' });
    const headers = signatureHeaders('msg_1', new Date(), body, [present, former]);
    for (const secret of [present, former]) expect(new Webhook(secret).verify(body, headers)).toEqual({ text: '備え' });
    expect(() => new Webhook(stranger).verify(body, headers)).toThrow('No matching signature');
    expect(() => new Webhook(present).verify(`${body} `, headers)).toThrow('No matching signature');
  });

  it('leave nothing to names and words in Slack: no link, no call, no formatting', () => {
    const text = JSON.stringify(slackMessage(told(1)));
    expect(text).not.toContain('<!channel>');
    expect(text).not.toContain('<https://evil.example');
    expect(text).not.toContain('*電子*');
    expect(text).toContain('<https://sonae.example/systems/1?act=2|復元テスト>');
  });

  it('stay within the 50 blocks of Slack and the 28 KB of Teams with the most lines there are', () => {
    const most = { ...told(20), lines: Array.from({ length: 20 }, () => ({ ...LINE, reason: '理'.repeat(900) })) };
    const { blocks } = slackMessage(most) as { blocks: { type: string }[] };
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(Buffer.byteLength(JSON.stringify(teamsMessage(most)))).toBeLessThan(28_000);
  });

  it('give Teams an Adaptive Card in which words are shown as they are', () => {
    expect(teamsMessage(told(1))).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            ...{ type: 'AdaptiveCard', version: '1.5' },
            body: [{}, {}, { type: 'RichTextBlock', inlines: [{}, { text: '復元テスト' }, {}, {}] }, {}],
          },
        },
      ],
    });
  });
});
