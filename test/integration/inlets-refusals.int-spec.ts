import { startTestApp, type TestApp } from '../support/app';
import { connect } from '../support/builders/inlets';
import type { Answer } from '../support/client';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('inlets-refusals', { now: '2026-11-23T00:00:00Z' });
  sender = new InletSender(app);
  const manager = await app.as('manager');
  await manager.patch('/me', { locale: 'en' }, (await manager.get('/me')).headers.get('etag'));
});
afterAll(() => app.stop());

const JAPANESE = { 'accept-language': 'ja' };
const ENGLISH = { 'accept-language': 'en' };
const listing = { tool: 'barman', command: 'barman -f json list-backup all', exitCode: 1 };
const ZONE = 'Asia/Tokyo';

describe('why a message is refused', () => {
  const REFUSED: [string, unknown, string, string][] = [
    [
      'what a tool does not print',
      { tool: 'restic', command: 'restic snapshots --json', exitCode: 0, stdout: '{"a":1}', sourceTimeZone: ZONE },
      '出力を読み取れません。「restic snapshots --json」の出力ではありません。',
      'The output cannot be read. It is not what “restic snapshots --json” prints.',
    ],
    [
      'a tool that nobody knows',
      { tool: 'tar', stdout: 'x', exitCode: 0, sourceTimeZone: ZONE },
      'どのツールの出力か分かりません。?tool= で指定するか、中立形式で送信してください。「tar」というツールはありません。',
      'No tool is known that says this. Name it with ?tool=, or send the neutral record. No tool is called “tar”.',
    ],
    [
      'JSON that is cut off',
      '{"message_type":"summary","files_n',
      '出力が途中で切れています。JSONが途中で終わっています。',
      'The output is cut off. The JSON ends before it is complete.',
    ],
  ];

  it.each(REFUSED)('is said to who sent it and to who looks at it, each in their language: %s', async (...row) => {
    const [, body, japanese, english] = row;
    const { path, inletId } = await connect(app);
    expect((await sender.send(path, body, JAPANESE)).body.detail).toBe(japanese);
    expect((await sender.send(path, body, ENGLISH)).body.detail).toBe(english);
    const seenBy = async (person: 'owner' | 'manager'): Promise<string[]> => {
      const client = await app.as(person);
      const { items } = (await client.get(`/inlets/${inletId}/submissions`)).body;
      const { lastRefusal } = (await client.get(`/inlets/${inletId}`)).body;
      return [items[0].refusalText, items[1].refusalText, lastRefusal];
    };
    expect(await seenBy('owner')).toEqual([japanese, japanese, japanese]);
    expect(await seenBy('manager')).toEqual([english, english, english]);
  });

  it('names the field that is wrong', async () => {
    const { path, inletId } = await connect(app);
    const neutral = { kind: 'BACKUP', outcome: 'FINE', runKey: '7' };
    const answer: Answer = await sender.send(`${path}?tool=sonae`, neutral, JAPANESE);
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'INVALID_FIELDS',
        errors: [{ field: 'outcome', code: 'INVALID', message: '値が正しくありません。' }],
      },
    });
    expect((await sender.inletOf(inletId)).lastRefusal).toBe('中立形式の記録の「outcome」が正しくありません。');
  });

  it('shows no credential that was in what was sent', async () => {
    const { path, inletId } = await connect(app, { tool: 'barman' });
    const stderr = 'ERROR: no connection: host=db password=hunter2hunter2';
    await sender.send(path, { ...listing, stderr, stdout: '', sourceTimeZone: ZONE }, JAPANESE);
    const { lastRefusal } = await sender.inletOf(inletId);
    expect(lastRefusal).toContain('barmanが一覧を作れませんでした：ERROR: no connection: host=db password=');
    expect(lastRefusal).not.toContain('hunter2');
  });
});
