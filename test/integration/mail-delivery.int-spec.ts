import type { Actor } from '../../src/access/actor';
import { Heartbeats } from '../../src/platform/health/heartbeats';
import { JobQueue } from '../../src/platform/queue/job-queue';
import { openQueueBackend } from '../../src/platform/queue/queue-backend';
import { SweepHandler } from '../../src/views/reminders/reminder-jobs';
import { openCentre, type Centre } from '../support/centre/centre';
import { prove, register } from '../support/centre/facts';
import { mailsTo, remindersAbout, remindersOf, type MailRow, type Reminding } from '../support/centre/reminding';
import { type SmtpServer, startSmtpServer, type TakenMail } from '../support/smtp';

describe('the delivery of mails', () => {
  let centre: Centre;
  let server: SmtpServer;
  let reminding: Reminding;

  beforeEach(async () => {
    centre = await openCentre('mail delivery', {
      settings: { PUBLIC_URL: 'https://sonae.example', MAIL_FROM: 'Sonae <sonae@office.example>' },
    });
    server = await startSmtpServer();
    reminding = remindersOf(centre, server.url);
  });

  afterEach(async () => {
    reminding.close();
    await server.stop();
    await centre.stop();
  });

  /** A system with its digest to the owner formed and not yet delivered; both ids. */
  const digest = async (fields: Parameters<typeof register>[1] = {}): Promise<{ systemId: string; mailId: string }> => {
    const systemId = await register(centre, fields);
    await reminding.sweepAll();
    return { systemId, mailId: (await mail()).id };
  };
  const mail = async (): Promise<MailRow> => (await mailsTo(centre, centre.world.people.owner)).at(-1) as MailRow;
  const statuses = async (systemId: string): Promise<Set<string>> =>
    new Set((await remindersAbout(centre, systemId)).map(({ status }) => status));
  const admin = (): Actor => ({
    ...{ userId: centre.world.people.admin, locale: 'ja', timeZone: 'Asia/Tokyo', requestId: null },
    roles: [{ role: 'ADMIN', organisationId: centre.world.organisations.ministry }],
  });

  it('gives contributors a link that needs no sign-in, in the fragment; the outbox keeps one that does', async () => {
    await register(centre, { ownerId: centre.world.people.contributor });
    await digest();
    await reminding.deliverAll();
    const takenBy = (address: string): string =>
      server.taken.find(({ recipients }) => recipients.includes(address))?.mail.text ?? '';
    expect(takenBy('contributor@sonae.example')).toMatch(/https:\/\/sonae\.example\/link#snl_\w{49}\n/);
    expect(takenBy('owner@sonae.example')).toContain('https://sonae.example/systems/');
    expect(takenBy('owner@sonae.example')).not.toContain('/link#');
    const [kept] = await mailsTo(centre, centre.world.people.contributor);
    expect(kept?.text).toContain('https://sonae.example/systems/');
    expect(`${kept?.text}${kept?.html}`).not.toContain('snl_');
  });

  it('sends Japanese in less than twice its bytes', async () => {
    await digest();
    await reminding.deliverAll();
    const [{ mail, bytes }] = server.taken as [TakenMail];
    expect(bytes).toBeLessThan(2 * Buffer.byteLength(`${mail.text}${mail.html || ''}`));
  });

  it('hands each to the mail server once, as text and as HTML', async () => {
    const { systemId, mailId } = await digest();
    await reminding.deliverAll();
    await reminding.deliverAll();
    expect(server.taken).toHaveLength(1);
    const [{ recipients, mail: taken }] = server.taken as [SmtpServer['taken'][number]];
    expect(recipients).toEqual(['owner@sonae.example']);
    expect(taken.from?.text).toBe('"Sonae" <sonae@office.example>');
    expect(taken.messageId).toBe(`<${mailId}@sonae>`);
    expect(taken.headers.get('auto-submitted')).toBe('auto-generated');
    const stored = await mail();
    expect(stored).toMatchObject({ status: 'SENT', attempts: 1, error: null });
    expect(taken.subject).toBe(stored.subject);
    expect(taken.text?.trim()).toBe(stored.text?.trim());
    expect(taken.html).toContain('<html lang="ja">');
    expect(await statuses(systemId)).toEqual(new Set(['SENT']));
  });

  it('keeps them readable where there is no mail server', async () => {
    const { systemId, mailId } = await digest();
    const alone = remindersOf(centre);
    await alone.deliverAll();
    expect(await mail()).toMatchObject({ status: 'KEPT' });
    expect(await alone.outbox.get(admin(), mailId)).toMatchObject({
      status: 'KEPT',
      text: expect.stringContaining('https://sonae.example'),
    });
    expect(await statuses(systemId)).toEqual(new Set(['SENT']));
  });

  it('a sweep hands each waiting mail to the queue once, however often and by how many workers it is made', async () => {
    await register(centre, { deputyId: centre.world.people.deputy });
    const jobs = new JobQueue(openQueueBackend(undefined, centre.database.connection));
    const { dataSource, clock } = centre;
    const { sweep, digests, delivery } = reminding;
    const handler = new SweepHandler(dataSource, sweep, digests, delivery, jobs, new Heartbeats(dataSource, clock));
    await Promise.all([handler.handle(), handler.handle(), handler.handle()]);
    await handler.handle();
    const waiting = await jobs.queue('delivery').getWaiting();
    const ids = (await centre.dataSource.query<{ id: string }[]>('SELECT id FROM mail')).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(waiting.map(({ data }) => (data as { mailId: string }).mailId).sort()).toEqual(ids.sort());
    await jobs.onApplicationShutdown();
  });

  it('two workers with the same mail send it once', async () => {
    const { mailId } = await digest();
    await Promise.all(Array.from({ length: 4 }, () => reminding.delivery.deliver(mailId)));
    expect(server.taken).toHaveLength(1);
    expect(await mail()).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  it('a worker that died while sending is followed by another, after its lease and with the same message id', async () => {
    const { mailId } = await digest();
    const lease = new Date(centre.clock.now().getTime() + 5 * 60_000);
    await centre.dataSource.query(`UPDATE mail SET status = 'SENDING', attempts = 1, leased_until = $1`, [lease]);
    await reminding.deliverAll();
    await reminding.delivery.deliver(mailId);
    expect(server.taken).toHaveLength(0);
    centre.clock.set(lease);
    await reminding.deliverAll();
    expect(server.taken.map(({ mail: taken }) => taken.messageId)).toEqual([`<${mailId}@sonae>`]);
    expect(await mail()).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  describe('when the mail server refuses', () => {
    const WAITS_MINUTES = [1, 2, 5, 10, 30, 60, 120, 240];

    /** Lets every attempt fail, each as soon as it is due and none before. */
    const exhaust = async (): Promise<void> => {
      await reminding.deliverAll();
      for (const [n, minutes] of WAITS_MINUTES.entries()) {
        expect(await mail()).toMatchObject({ status: 'QUEUED', attempts: n + 1 });
        centre.clock.advance({ minutes: minutes - 1 });
        expect(await reminding.delivery.due(10)).toEqual([]);
        centre.clock.advance({ minutes: 1 });
        await reminding.deliverAll();
      }
    };

    it('tries again after longer and longer waits, and after the last leaves the mail as failed with the reason', async () => {
      const { systemId } = await digest();
      server.refuseWith({ code: 451, message: 'come back later' });
      await exhaust();
      expect(await mail()).toMatchObject({
        status: 'FAILED',
        attempts: 9,
        error: expect.stringContaining('come back later'),
      });
      expect(await statuses(systemId)).toEqual(new Set(['FAILED']));
      centre.clock.advance({ days: 2 });
      expect(await reminding.delivery.due(10)).toEqual([]);
    });

    it('what has failed can be retried from the page, and has all its attempts again', async () => {
      const { systemId, mailId } = await digest();
      await expect(reminding.outbox.retry(admin(), mailId)).rejects.toMatchObject({ code: 'MAIL_NOT_FAILED' });
      server.refuseWith({ code: 550, message: 'no such user' });
      await exhaust();
      expect(await reminding.outbox.retry(admin(), mailId)).toMatchObject({ status: 'QUEUED', error: null });
      expect(await statuses(systemId)).toEqual(new Set(['PENDING']));
      await reminding.deliverAll();
      expect(await mail()).toMatchObject({ status: 'QUEUED', attempts: 1 });

      server.refuseWith(null);
      centre.clock.advance({ minutes: 1 });
      await reminding.deliverAll();
      expect(await mail()).toMatchObject({ status: 'SENT', error: null });
      expect(server.taken).toHaveLength(1);
      expect(await statuses(systemId)).toEqual(new Set(['SENT']));
    });

    it('a server that is down is tried again too, and what was cleared in the meantime is not sent', async () => {
      const { systemId } = await digest();
      await server.stop();
      await reminding.deliverAll();
      expect(await mail()).toMatchObject({ status: 'QUEUED', error: expect.stringMatching(/ECONNREFUSED/) });
      await prove(centre, systemId, { kind: 'REVIEW', subject: 'PROCEDURE' });
      server = await startSmtpServer(Number(new URL(server.url).port));
      centre.clock.advance({ minutes: 1 });
      await reminding.deliverAll();
      expect(server.taken).toHaveLength(1);
      expect(server.taken[0]?.mail.text).not.toContain('復旧手順の見直し');
      expect(await statuses(systemId)).toEqual(new Set(['SENT', 'CANCELLED']));
    });
  });

  it('sends nothing to who has left since the digest was formed', async () => {
    const { systemId } = await digest();
    await centre.dataSource.query('UPDATE app_user SET active = false WHERE id = $1', [centre.world.people.owner]);
    await reminding.deliverAll();
    expect(server.taken).toHaveLength(0);
    expect(await mail()).toMatchObject({ status: 'CANCELLED' });
    expect(await statuses(systemId)).toEqual(new Set(['CANCELLED']));
    expect(await reminding.delivery.due(10)).toEqual([]);
  });

  it('lets no name become a header or a further recipient', async () => {
    const evil = 'X\r\nBcc: victim@elsewhere.example\r\nSubject: free money\r\n\r\n<b>';
    await centre.dataSource.query('UPDATE app_user SET display_name = $2 WHERE id = $1', [
      centre.world.people.owner,
      `"Owner" <other@elsewhere.example>, ${evil}`,
    ]);
    await digest({ name: evil });
    await reminding.deliverAll();
    const [{ recipients, mail: taken }] = server.taken as [SmtpServer['taken'][number]];
    expect(recipients).toEqual(['owner@sonae.example']);
    expect([...taken.headers.keys()].filter((name) => ['bcc', 'cc'].includes(name))).toEqual([]);
    const to = [taken.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
    expect(to).toEqual(['owner@sonae.example']);
    expect(taken.subject).toContain('X Bcc: victim@elsewhere.example');
    expect(taken.subject).not.toMatch(/[\r\n]/);
    expect(taken.html).not.toContain('<b>');
  });
});
