import { PackMaker } from '../../src/views/packs/making/pack-maker';
import { verifyPackFile } from '../../src/views/packs/checking/verify-pack-file';
import { type DemoApp, startDemoApp, startTestApp, type TestApp } from '../support/app';
import { manifestOf, recordsOf, sha256Of } from '../support/audit-packs';
import { completedRun } from '../support/builders/drills';
import { registerSystem } from '../support/builders/systems';
import { download, unpack, type Unpacked } from '../support/downloads';
import { eventually } from '../support/eventually';

describe('the audit pack of the demo', () => {
  let demo: DemoApp;
  let root: { id: string; name: string };
  let files: Unpacked;
  let path: string;

  beforeAll(async () => {
    demo = await startDemoApp('audit packs');
    [root] = (await demo.database.query('SELECT id, name FROM organisation WHERE parent_id IS NULL')) as [typeof root];
    const auditor = await demo.as('auditor');
    const pack = await download(demo, auditor, `/organisations/${root.id}/audit-pack`);
    path = pack.path;
    files = await unpack(path);
    expect(pack.headers.get('content-disposition')).toMatch(
      /^attachment; filename="audit-pack-[\w-]+-2026-11-23\.zip"$/,
    );
    expect(pack.headers.get('content-type')).toBe('application/zip');
    expect(pack.headers.get('transfer-encoding')).toBe('chunked');
  });
  afterAll(() => demo.stop());

  it('has every file, the manifest last', () => {
    const names = [...files.keys()];
    expect(names[0]).toBe('README.txt');
    expect(names.filter((name) => !name.startsWith('policy/'))).toEqual([
      ...['README.txt', 'systems.ndjson', 'requirements.ndjson', 'obligations.ndjson', 'transitions.ndjson'],
      ...['evidence.ndjson', 'drills.ndjson', 'waivers.ndjson', 'reminders.ndjson', 'audit.ndjson', 'people.ndjson'],
      'manifest.json',
    ]);
    expect(manifestOf(files)).toMatchObject({
      format: 'sonae-audit-pack-1',
      product: { name: 'sonae', version: '0.1.0' },
      asOf: '2026-11-23T00:00:00.000Z',
      madeBy: { name: expect.any(String) },
      about: { system: null, organisation: root },
      period: null,
    });
    expect(files.get('README.txt')).toContain('verify-pack');
  });

  it('is found as it was made, and as the one that the audit log knows', async () => {
    const digest = sha256Of(files.get('manifest.json') ?? '');
    const events = await demo.database.query<{ action: string; after: object }>(
      `SELECT action, after FROM audit_event WHERE record_id = $1 ORDER BY at, id`,
      [manifestOf(files).packId],
    );
    expect(events).toEqual([
      { action: 'audit.pack_requested', after: {} },
      { action: 'audit.pack_made', after: { sha256: digest } },
    ]);
    const answer = await verifyPackFile(path, 'en', digest);
    expect(answer.text).not.toContain('NOT');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('SHA-256 is the one on record') });
    expect(await verifyPackFile(path, 'ja')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('このパックは作られたときのままです。'),
    });
    expect((await verifyPackFile(path, 'en', 'f'.repeat(64))).text).toContain('manifest.json: Its SHA-256 is');
  });

  it('says of every obligation why it stands so, in both languages, and what it rests on', async () => {
    const obligations = recordsOf(files, 'obligations.ndjson');
    const [{ count }] = (await demo.database.query(
      `SELECT count(*)::int FROM obligation o JOIN organisation_closure c ON c.organisation_id = o.organisation_id
       WHERE c.ancestor_id = $1 AND c.details_open`,
      [root.id],
    )) as [{ count: number }];
    expect(obligations).toHaveLength(count);
    expect(obligations[0]).toMatchObject({
      title: { ja: expect.any(String), en: expect.any(String) },
      reason: {
        code: expect.any(String),
        text: { ja: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) },
      },
    });
    const proofs = new Set(recordsOf(files, 'evidence.ndjson').map(({ id }) => id));
    const resting = obligations.filter(({ evidenceId }) => evidenceId !== null);
    expect(resting.length).toBeGreaterThan(20);
    expect(resting.filter(({ evidenceId }) => !proofs.has(evidenceId))).toEqual([]);
  });

  it('names people in one file only, without their addresses', async () => {
    const people = recordsOf(files, 'people.ndjson');
    const names = await demo.database.query<{ email: string }>('SELECT display_name, email FROM app_user');
    expect(people.length).toBeGreaterThan(3);
    const all = [...files.values()].join('');
    for (const { email } of names) expect(all).not.toContain(email);
    const ids = new Set(people.map(({ id }) => id));
    for (const { recipientId } of recordsOf(files, 'reminders.ndjson')) expect(ids).toContain(recipientId);
  });

  it('leaves out what an agency keeps to itself, and says whose it is', async () => {
    const { withheld } = manifestOf(files);
    expect(withheld.length).toBeGreaterThan(0);
    const kept = withheld.map(({ id }) => id);
    const [system] = await demo.database.query<{ id: string; name: string }>(
      'SELECT id, name FROM system WHERE organisation_id = ANY($1::uuid[])',
      [kept],
    );
    expect([...files.values()].join('')).not.toContain(system?.id);
    const auditor = await demo.as('auditor');
    expect((await auditor.get(`/organisations/${kept[0]}/audit-pack`)).status).toBe(403);
    expect((await auditor.get(`/systems/${system?.id}/audit-pack`)).status).toBe(404);
  });

  it('of one system has that one alone', async () => {
    const [{ id, code }] = recordsOf(files, 'systems.ndjson');
    const pack = await download(demo, await demo.as('ciso'), `/systems/${id}/audit-pack`);
    const own = await unpack(pack.path);
    expect(recordsOf(own, 'systems.ndjson')).toHaveLength(1);
    for (const name of ['obligations', 'transitions', 'evidence', 'reminders', 'waivers', 'drills', 'requirements'])
      expect(recordsOf(own, `${name}.ndjson`).filter(({ systemId }) => systemId !== id)).toEqual([]);
    expect(manifestOf(own).about.system).toMatchObject({ id, code });
    expect(await verifyPackFile(pack.path, 'en')).toMatchObject({ exitCode: 0 });
  });

  it('of a period has what happened in it, and what the states of now rest on', async () => {
    const asked = `/organisations/${root.id}/audit-pack?from=2026-11-16&to=2026-11-20`;
    const pack = await download(demo, await demo.as('auditor'), asked);
    const some = await unpack(pack.path);
    const { period } = manifestOf(some);
    expect(period).toEqual({
      ...{ from: '2026-11-16', to: '2026-11-20', timeZone: 'Asia/Tokyo' },
      ...{ fromAt: '2026-11-15T15:00:00.000Z', untilAt: '2026-11-20T15:00:00.000Z' },
    });
    const [turns, allTurns] = [some, files].map((of) => recordsOf(of, 'transitions.ndjson'));
    const inside = ({ at }: { at: string }): boolean => at >= period!.fromAt! && at < period!.untilAt!;
    expect(turns).toEqual(allTurns?.filter(inside));
    expect(recordsOf(some, 'obligations.ndjson')).toEqual(recordsOf(files, 'obligations.ndjson'));
    expect(recordsOf(some, 'evidence.ndjson').length).toBeLessThan(recordsOf(files, 'evidence.ndjson').length);
    expect(await verifyPackFile(pack.path, 'en')).toMatchObject({ exitCode: 0 });
    const wrong = await (
      await demo.as('auditor')
    ).get(`/organisations/${root.id}/audit-pack?from=2026-11-20&to=2026-11-16`);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'from', code: 'AFTER_END' }] } });
  });
});

describe('an audit pack of two thousand systems', () => {
  const SYSTEMS = 2_000;
  let app: TestApp;
  let maker: PackMaker;
  let asked: { organisationId: string };
  let auditor: Parameters<PackMaker['make']>[0];

  beforeAll(async () => {
    app = await startTestApp('large audit packs');
    const { id } = await registerSystem(app, { name: '元の情報システム' });
    await app.database.query(
      `INSERT INTO system SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'code', 'M-' || n))).*
       FROM system s CROSS JOIN generate_series(2, ${SYSTEMS}) n WHERE s.id = $1`,
      [id],
    );
    await app.database.query(
      `INSERT INTO obligation SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'system_id', s.id, 'duty_of', s.id))).*
       FROM obligation o CROSS JOIN system s WHERE o.system_id = $1 AND s.id <> $1`,
      [id],
    );
    maker = app.app.get(PackMaker, { strict: false });
    asked = { organisationId: app.world.organisations.ministry };
    auditor = {
      ...{ userId: app.world.people.auditor, locale: 'ja', timeZone: 'Asia/Tokyo', requestId: null },
      roles: [{ role: 'AUDITOR', organisationId: app.world.organisations.ministry }],
    };
  });
  afterAll(() => app.stop());

  it('is read in pages, as fast as it is taken and no faster', async () => {
    const runner = Object.getPrototypeOf(app.dataSource.createQueryRunner()) as {
      query: (sql: string) => Promise<unknown[]>;
    };
    const pages: number[] = [];
    const query = runner.query;
    const spy = jest.spyOn(runner, 'query').mockImplementation(async function (this: unknown, ...args) {
      const rows = await query.apply(this, args);
      if (args[0].startsWith('FETCH')) pages.push(rows.length);
      return rows;
    });
    try {
      const { stream } = await maker.make(auditor, asked);
      let readAtFirst: number | undefined;
      let bytes = 0;
      for await (const chunk of stream) {
        readAtFirst ??= pages.reduce((sum, rows) => sum + rows, 0);
        bytes += (chunk as Buffer).length;
      }
      const rows = pages.reduce((sum, page) => sum + page, 0);
      expect(rows).toBeGreaterThan(SYSTEMS * 10);
      expect(Math.max(...pages)).toBe(500);
      expect(pages.length).toBeLessThan(rows / 500 + 20);
      expect(readAtFirst).toBeLessThan(rows / 2);
      expect(bytes).toBeGreaterThan(500_000);
    } finally {
      spy.mockRestore();
    }
  });

  it('holds', async () => {
    const { path } = await download(app, await app.as('auditor'), `/organisations/${asked.organisationId}/audit-pack`);
    expect(await verifyPackFile(path, 'en')).toMatchObject({ exitCode: 0 });
    expect(recordsOf(await unpack(path), 'systems.ndjson')).toHaveLength(SYSTEMS);
  });

  it('has what a drill says of a system that cannot do without the drilled one, by the digest of the drill', async () => {
    const { systemId, run } = await completedRun(app);
    const { id } = await registerSystem(app, { tier: 'MODERATE' });
    const hard = { dependsOn: [{ systemId, hard: true }] };
    expect((await (await app.as('manager')).put(`/systems/${id}/dependencies`, hard, '"1"')).status).toBe(200);
    await (await app.as('owner')).post(`${run}/attest`);
    const auditors = await app.as('auditor');
    const both = await download(app, auditors, `/organisations/${asked.organisationId}/audit-pack`);
    const drills = recordsOf(await unpack(both.path), 'evidence.ndjson').filter(({ kind }) => kind === 'DRILL');
    expect(drills.map(({ sharedFromId }) => sharedFromId === null).sort()).toEqual([false, true]);
    const { text, exitCode } = await verifyPackFile(both.path, 'en');
    expect({ text, exitCode }).toEqual({ exitCode: 0, text: expect.stringMatching(/all fit\. 0 are those of drills/) });
    const own = await download(app, auditors, `/systems/${id}/audit-pack`);
    expect(await verifyPackFile(own.path, 'en')).toEqual({
      exitCode: 0,
      text: expect.stringMatching(/all fit\. 1 are those of drills of systems outside of the pack/),
    });
  });

  it('is one of two at a time, and whoever stops taking it frees the place', async () => {
    const path = `/organisations/${asked.organisationId}/audit-pack`;
    const packs = [await maker.make(auditor, asked), await maker.make(auditor, asked)];
    const busy = await (await app.as('auditor')).get(path);
    expect(busy).toMatchObject({ status: 429, body: { code: 'PACKS_BUSY' } });
    expect(busy.headers.get('retry-after')).toBe('30');
    for (const { stream } of packs) stream.destroy();
    await eventually(
      async () => (await (await app.as('auditor')).get(path)).status,
      (status) => status === 200,
    );
  });

  it('is cut off and never complete when the database lets go of it, and is not on record as made', async () => {
    const { stream } = await maker.make(auditor, asked);
    await eventually(
      () =>
        app.database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
        ),
      (ended) => ended.length > 0,
    );
    await expect(
      (async () => {
        for await (const chunk of stream) expect(chunk).toBeDefined();
      })(),
    ).rejects.toThrow();
    const [last] = await app.database.query(`SELECT action FROM audit_event ORDER BY at DESC, id DESC LIMIT 1`);
    expect(last).toEqual({ action: 'audit.pack_requested' });
    await download(app, await app.as('auditor'), `/organisations/${asked.organisationId}/audit-pack`);
  });

  it('is for those who may read the audit events there', async () => {
    const path = `/organisations/${app.world.organisations.agency}/audit-pack`;
    const statusFor = async (person: 'manager' | 'owner' | 'outsider' | 'admin'): Promise<number> =>
      (await (await app.as(person)).get(path)).status;
    expect(await statusFor('manager')).toBe(403);
    expect(await statusFor('owner')).toBe(403);
    expect(await statusFor('outsider')).toBe(404);
    expect(await statusFor('admin')).toBe(200);
  });
});
