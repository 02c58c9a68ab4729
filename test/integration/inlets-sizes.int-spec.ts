import { InletNotices } from '../../src/evidence/inlet/schedule/inlet-notices';
import { InletSizes } from '../../src/evidence/inlet/schedule/inlet-sizes';
import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { startTestApp, type TestApp } from '../support/app';
import { connect, resticRun, resticSummary } from '../support/builders/inlets';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;

beforeEach(async () => {
  app = await startTestApp('inlets-sizes', {
    now: '2026-11-22T00:00:00Z',
    settings: { DIGEST_AT: '00:00', SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' },
  });
  sender = new InletSender(app);
});
afterEach(() => app.stop());

const hourly = { name: '毎時 DB', tool: 'restic', scheduleKind: 'CRON', schedule: '30 * * * *', grace: 'PT30M' };
const find = <T>(type: new (...args: never[]) => T): T => app.app.get(type as never, { strict: false });
const GOOD = 1_000_000_000;

/** Reports of one hour after the other, each looked at as the worker does. */
class Hours {
  private hour = 0;

  constructor(private readonly path: string) {}

  async report(...reported: number[]): Promise<void> {
    for (const size of reported) {
      this.hour += 1;
      const begun = new Date(Date.UTC(2026, 10, 22, this.hour, 30));
      app.clock.set(new Date(begun.getTime() + 600_000).toISOString());
      const id = this.hour.toString(16).padStart(8, 'a');
      const stdout = resticSummary(id, begun.toISOString(), { total_bytes_processed: size });
      await sender.send(this.path, resticRun('', begun.toISOString(), { stdout }));
      await find(InletSizes).run();
      await find(InletNotices).run();
    }
  }
}

const sizes = (count: number, size = GOOD): number[] => Array.from({ length: count }, (_, hour) => size + hour * 1_000);

async function connected(): Promise<{ inletId: string; requirementId: string; systemId: string; hours: Hours }> {
  const { path, inletId, requirementId, systemId } = await connect(app, hourly);
  return { inletId, requirementId, systemId, hours: new Hours(path) };
}
const stateOf = async (id: string): Promise<[string, string]> => {
  const { state, reason } = await sender.inletOf(id);
  return [state, reason.code];
};
const noticed = (): Promise<{ kind: string; status: string }[]> =>
  app.database.query('SELECT kind, status FROM notice WHERE inlet_id IS NOT NULL ORDER BY created_at, kind');

describe('a backup of an unusual size', () => {
  it.each([
    ['much smaller', GOOD / 2, 'SIZE_SHRUNK'],
    ['much larger', GOOD * 2, 'SIZE_GREW'],
    ['of nothing', 0, 'SIZE_ZERO'],
  ])('%s than those before it is a state of its inlet, and what it proves it proves', async (_, size, code) => {
    const of = await connected();
    await of.hours.report(...sizes(8));
    expect(await stateOf(of.inletId)).toEqual(['ON_TIME', 'INLET_ON_TIME']);
    await of.hours.report(size);
    expect(await stateOf(of.inletId)).toEqual(['UNUSUAL', code]);
    expect(await sender.stateOf(of.systemId, 'recovery-point-fresh')).toBe('MET');
  });

  it('is told once to who looks after the backups, in the words of the size', async () => {
    const of = await connected();
    await of.hours.report(...sizes(8), GOOD / 2, GOOD / 2);
    expect(await noticed()).toEqual([
      { kind: 'INLET_UNUSUAL', status: 'PENDING' },
      { kind: 'INLET_UNUSUAL', status: 'PENDING' },
    ]);
    await find(DigestFormer).run();
    for (const id of await find(MailDelivery).due(100)) await find(MailDelivery).deliver(id);
    const [mail] = await app.database.query<{ text: string }>(
      'SELECT text FROM mail WHERE recipient_id = $1 AND text IS NOT NULL',
      [app.world.people.operator],
    );
    expect(mail?.text).toContain('「毎時 DB」のバックアップの大きさがいつもと異なります');
    expect(mail?.text).toContain('のバックアップは500 MBで、それまで（約1 GB）より大幅に小さくなっています。');
  });

  it('is over by itself when the next is as it was before', async () => {
    const of = await connected();
    await of.hours.report(...sizes(8), GOOD / 2);
    await of.hours.report(GOOD);
    expect(await stateOf(of.inletId)).toEqual(['ON_TIME', 'INLET_ON_TIME']);
    expect((await noticed()).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('stays unusual however often it is made, until a person says that it is right', async () => {
    const of = await connected();
    await of.hours.report(...sizes(8), ...sizes(15, GOOD / 2));
    expect(await stateOf(of.inletId)).toEqual(['UNUSUAL', 'SIZE_SHRUNK']);

    const owner = await app.as('owner');
    const reason = '過去分を書庫へ移した';
    const { status, body } = await owner.post(`/inlets/${of.inletId}/accept-size`, { reason });
    expect([status, body.state]).toEqual([200, 'ON_TIME']);
    const runs = await owner.get(`/backup-requirements/${of.requirementId}/runs?days=7`);
    expect(runs.body.findings.map(({ code }: { code: string }) => code)).not.toContain('SIZE_SHRUNK');
    const [event] = await app.database.query<{ before: object; after: object }>(
      `SELECT before, after FROM audit_event WHERE action = 'inlet.size_accepted'`,
    );
    expect(event).toEqual({
      before: { code: 'SIZE_SHRUNK', bytes: GOOD / 2 + 14_000, startedAt: '2026-11-22T23:30:00.000Z' },
      after: { reason },
    });

    await of.hours.report(...sizes(8, GOOD / 2));
    expect(await stateOf(of.inletId)).toEqual(['ON_TIME', 'INLET_ON_TIME']);
    await of.hours.report(GOOD);
    expect(await stateOf(of.inletId)).toEqual(['UNUSUAL', 'SIZE_GREW']);
  });

  it('that is not there is not accepted', async () => {
    const of = await connected();
    await of.hours.report(...sizes(8));
    const owner = await app.as('owner');
    const answer = await owner.post(`/inlets/${of.inletId}/accept-size`, { reason: 'made' });
    expect([answer.status, answer.body.code]).toEqual([409, 'SIZE_NOT_UNUSUAL']);
    const without = await owner.post(`/inlets/${of.inletId}/accept-size`, {});
    expect([without.status, without.body.errors[0].field]).toEqual([400, 'reason']);
  });

  it('is judged once by however many workers, whatever comes in meanwhile', async () => {
    const of = await connected();
    await of.hours.report(...sizes(8));
    await app.database.query('UPDATE inlet SET sized_run_at = NULL');
    const worker = find(InletSizes);
    const judged = await Promise.all([worker.run(), worker.run(), worker.run()]);
    expect(judged.reduce((sum, each) => sum + each)).toBe(1);
  });
});
