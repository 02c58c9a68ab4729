import { livingProcess } from '../../src/platform/database/embedded/process-facts';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import {
  cleanUp,
  dataFolder,
  demoPasswordOf,
  hasPostgres,
  killPostgres,
  type RunningService,
  startService,
} from '../support/running/service';

const ENOUGH = 40;
const WRITERS = 3;

afterAll(cleanUp);

describe('an end in the midst of writes', () => {
  const data = dataFolder();
  const acknowledged: string[] = [];
  let service: RunningService;
  let postgresPid: number;

  beforeAll(async () => {
    service = await startService(data);
  });

  it('that was asked for answers what it has accepted, and complains of nothing', async () => {
    const { code, complaints } = await writeUntilCut('asked', () => service.process.signal('SIGTERM'));
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] });

    service = await startService(data);
    postgresPid = await postgresPidOf(service);
    expect(await missing()).toEqual([]);
  });

  it('by kill -9 loses no acknowledged write; the next start takes over its database', async () => {
    await writeUntilCut('service', () => service.process.signal('SIGKILL'));
    expect(hasPostgres(data)).toBe(true);

    service = await startService(data);
    expect(service.process.stdout).toContain(`Took over the running PostgreSQL (pid ${postgresPid})`);
    expect(await missing()).toEqual([]);
  });

  it('by kill -9 of the database too loses none either', async () => {
    await writeUntilCut('both', () => {
      killPostgres(data);
      service.process.signal('SIGKILL');
    });
    await eventually(
      () => Promise.resolve(hasPostgres(data)),
      (has) => !has,
    );

    service = await startService(data);
    expect(service.process.stdout).not.toContain('Took over');
    expect(await missing()).toEqual([]);
  });

  it('leaves nothing running, once the service that came after it has been stopped', async () => {
    const pid = await postgresPidOf(service);
    const { code } = await service.process.stop();
    expect({ code, complaints: service.process.complaints() }).toEqual({ code: 0, complaints: [] });
    expect([livingProcess(pid), livingProcess(postgresPid), hasPostgres(data)]).toEqual([undefined, undefined, false]);
  });

  /** Registers systems one after the other, several at a time, cuts when enough are acknowledged, and goes on until nobody answers. */
  async function writeUntilCut(name: string, cut: () => void): Promise<{ code: number | null; complaints: string[] }> {
    const admin = await adminOf(service);
    const [{ organisationId }] = (await admin.get('/me')).body.roles;
    const before = acknowledged.length;
    let next = 0;
    const writer = async (): Promise<never> => {
      for (;;) {
        const code = `${name}-${next++}`;
        const { status, body } = await admin.post('/systems', { code, name: code, organisationId, tier: 'HIGH' });
        if (status !== 201) throw new Error(`${status} ${body.code}`);
        acknowledged.push(code);
        if (acknowledged.length - before === ENOUGH) cut();
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: WRITERS }, writer));
    expect(ends.map(({ status }) => status)).toEqual(Array.from({ length: WRITERS }, () => 'rejected'));
    expect(acknowledged.length - before).toBeGreaterThanOrEqual(ENOUGH);
    const { code } = await service.process.end();
    return { code, complaints: service.process.complaints() };
  }

  /** The acknowledged systems that are not there. */
  async function missing(): Promise<string[]> {
    const admin = await adminOf(service);
    const found = new Set<string>();
    for (let cursor = ''; ;) {
      const { body } = await admin.get(`/systems?limit=200${cursor}`);
      for (const { code } of body.items) found.add(code);
      if (!body.nextCursor) return acknowledged.filter((code) => !found.has(code));
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
  }
});

async function adminOf(service: RunningService): Promise<Client> {
  return service.as('admin@demo.example', await demoPasswordOf(service));
}

async function postgresPidOf({ process: running }: RunningService): Promise<number> {
  const [, pid] = await running.says(/PostgreSQL (?:is up )?\(pid (\d+)\)/);
  return Number(pid);
}
