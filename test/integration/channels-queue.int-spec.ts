import { JobQueue } from '../../src/platform/queue/job-queue';
import { startTestApp, type TestApp } from '../support/app';
import { register } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import { eventually } from '../support/eventually';
import { type Receiver, startReceiver } from '../support/receiver';
import { type SmtpServer, startSmtpServer } from '../support/smtp';

const CHANNELS = 6;
/** As many as are told side by side. */
const AT_ONCE = 4;

let app: TestApp;
let smtp: SmtpServer;
let receiver: Receiver;

beforeAll(async () => {
  [smtp, receiver] = [await startSmtpServer(), await startReceiver()];
  receiver.fallSilent();
  app = await startTestApp('channels queue', {
    worker: true,
    now: '2026-11-22T22:45:00Z',
    settings: { SMTP_URL: smtp.url, CHANNEL_PRIVATE_RANGES: '127.0.0.1' },
  });
});
afterAll(async () => {
  await receiver.stop();
  await app.stop();
  await smtp.stop();
});

it('channels that never answer hold up each other, and no mail', async () => {
  await register(centreOf(app), { name: '電子申請' });
  const admin = await app.as('admin');
  for (let n = 1; n <= CHANNELS; n += 1) {
    const channel = { name: `通知先 ${n}`, kind: 'WEBHOOK', locale: 'ja', address: `${receiver.url}/in` };
    const made = await admin.post('/channels', { organisationId: app.world.organisations.ministry, ...channel });
    expect(made.status).toBe(201);
  }
  app.clock.set('2026-11-22T23:00:00Z');
  const jobs = app.app.get(JobQueue, { strict: false });
  const working = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await jobs.depths()).map(({ name, active }) => [name, active]));
  const held = await eventually(working, ({ channels }) => (channels ?? 0) === AT_ONCE);
  expect(held.delivery).toBeLessThan(AT_ONCE);
  const { length } = await eventually(
    () => Promise.resolve(smtp.taken),
    (taken) => taken.length > 0,
  );
  expect(length).toBeGreaterThan(0);
}, 120_000);
