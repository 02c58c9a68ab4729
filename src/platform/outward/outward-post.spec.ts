import { startReceiver, type Receiver } from '../../../test/support/receiver';
import { readConfig } from '../config/config';
import { OutwardPost, OutwardRefused } from './outward-post';

const postWith = (CHANNEL_PRIVATE_RANGES?: string): OutwardPost =>
  new OutwardPost(readConfig({ NODE_ENV: 'test', ...(CHANNEL_PRIVATE_RANGES && { CHANNEL_PRIVATE_RANGES }) }));

describe('what is posted outwards', () => {
  let receiver: Receiver;
  beforeEach(async () => (receiver = await startReceiver()));
  afterEach(() => receiver.stop());

  it.each([
    ['https://127.0.0.1/', 'ADDRESS_REFUSED'],
    ['https://[::1]/', 'ADDRESS_REFUSED'],
    ['https://[::ffff:127.0.0.1]/', 'ADDRESS_REFUSED'],
    ['https://[::ffff:a9fe:a9fe]/', 'ADDRESS_REFUSED'],
    ['https://169.254.169.254/latest/meta-data', 'ADDRESS_REFUSED'],
    ['https://2130706433/', 'ADDRESS_REFUSED'],
    ['https://0177.0.0.1/', 'ADDRESS_REFUSED'],
    ['https://0x7f.1/', 'ADDRESS_REFUSED'],
    ['https://127.1/', 'ADDRESS_REFUSED'],
    ['https://１２７.0.0.1/', 'ADDRESS_REFUSED'],
    ['https://10.0.0.8/', 'ADDRESS_REFUSED'],
    ['http://hooks.example/', 'NOT_HTTPS'],
    ['http://8.8.8.8/', 'NOT_HTTPS'],
    ['https://user:secret@hooks.example/', 'NOT_A_URL'],
    ['file:///etc/passwd', 'NOT_A_URL'],
    ['hooks.example', 'NOT_A_URL'],
  ])('does not go to %s: %s', async (address, code) => {
    expect(postWith().refusalOf(address)).toBe(code);
    await expect(postWith().send(address, '{}')).rejects.toEqual(new OutwardRefused(code));
  });

  it('does not go where a name leads inside, which is looked at when it is connected to', async () => {
    const post = postWith();
    expect(post.refusalOf(`https://localhost:${receiver.port}/`)).toBeNull();
    await expect(post.send(`https://localhost:${receiver.port}/`, '{}')).rejects.toThrow('ADDRESS_REFUSED');
    expect(receiver.taken).toEqual([]);
  });

  it('goes to what the operator has named, also without TLS, and tells what was answered', async () => {
    receiver.answerWith(202, 'taken');
    const answer = await postWith('127.0.0.1').send(`${receiver.url}/hook?x=1`, '{"a":"備え"}', {
      'webhook-id': 'one',
    });
    expect(answer).toEqual({ status: 202, text: 'taken' });
    expect(receiver.taken).toMatchObject([
      { path: '/hook?x=1', body: '{"a":"備え"}', headers: { 'webhook-id': 'one', 'content-type': 'application/json' } },
    ]);
  });

  it('follows no redirect', async () => {
    receiver.answerWith(302, '', { location: `${receiver.url}/elsewhere` });
    expect(await postWith('127.0.0.1').send(receiver.url, '{}')).toMatchObject({ status: 302 });
    expect(receiver.taken).toHaveLength(1);
  });

  it('reads the beginning of an answer without end', async () => {
    receiver.answerWith(200, 'x'.repeat(5_000_000));
    expect((await postWith('127.0.0.1').send(receiver.url, '{}')).text).toHaveLength(16_384);
  });

  it('gives up on who does not answer in time', async () => {
    receiver.fallSilent();
    await expect(postWith('127.0.0.1').send(receiver.url, '{}', {}, 50)).rejects.toThrow(/aborted/);
    expect(receiver.taken).toHaveLength(1);
  });
});
