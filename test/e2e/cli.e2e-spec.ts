import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import type { PolicyRules } from '../../src/core/policy/rule';
import { writePack } from '../../src/registry/policies/packs/policy-pack';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { type Ending, type RunOptions, runToEnd } from '../support/running/running-process';
import { cleanUp, dataFolder, hasPostgres, type RunningService, startService } from '../support/running/service';

/** Every stored conclusion, with what tells that a row has been written again. */
const CONCLUSIONS = `SELECT 'obligation' AS of, id::text, xmin::text AS written, to_jsonb(o) AS row FROM obligation o
  UNION ALL SELECT 'readiness', system_id::text, '', to_jsonb(r) - 'as_of' - 'computed_at' FROM system_readiness r
  UNION ALL SELECT 'count', '', '', to_jsonb(c) FROM readiness_count c
  UNION ALL SELECT 'transition', id::text, xmin::text, to_jsonb(t) FROM obligation_transition t
  ORDER BY 1, 2, 4`;

afterAll(cleanUp);

const cli = (command: string, settings: Record<string, string> = {}, options: RunOptions = {}): Promise<Ending> =>
  runToEnd(['dist/cli.js', ...command.split(' ').filter(Boolean)], { ...options, settings });

const done = (stdout: string): Partial<Ending> => ({ code: 0, stdout, stderr: '' });

describe('the command line on a database of its own', () => {
  let database: TestDatabase;
  let settings: Record<string, string>;

  beforeAll(async () => {
    database = await cloneDatabase('command line');
    settings = { DATABASE_URL: database.url, SONAE_DATA: dataFolder() };
  });
  afterAll(() => database.drop());

  it('finds nothing to migrate in a database that is up to date', async () => {
    expect(await cli('migrate', settings)).toEqual(expect.objectContaining(done('The schema is up to date.\n')));
  });

  it('loads the demo into an empty database, and only there', async () => {
    // Left by a database that is no more: a password that is set for the new one goes before it.
    writeFileSync(join(settings.SONAE_DATA as string, 'demo-password'), 'of another database\n');
    const first = await cli('seed-demo', { ...settings, SONAE_DEMO_PASSWORD: 'known to the test' });
    expect(first).toMatchObject(done('Demo data loaded. Password of the demo people: known to the test\n'));
    expect(await cli('seed-demo', settings)).toMatchObject(done('Nothing done: the database is not empty.\n'));
    expect(await cli('seed-demo', { ...settings, NODE_ENV: 'production' })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Demo data is refused when NODE_ENV=production.\n',
    });
  });

  it('rebuilds every conclusion as it was, and writes none that is right', async () => {
    const before = await database.query(CONCLUSIONS);
    expect(before.length).toBeGreaterThan(200);
    expect(await cli('rebuild', settings)).toMatchObject(done('Rebuilt the obligations of 13 systems.\n'));
    expect(await database.query(CONCLUSIONS)).toEqual(before);

    await database.query(`UPDATE obligation SET state = 'MET', due_on = NULL, notify_at = NULL`);
    await cli('rebuild', settings);
    const conclusions = ({ of, id, row }: { of: string; id: string; row: unknown }): unknown => [of, id, row];
    const isStored = ({ of }: { of: string }): boolean => of !== 'transition';
    const after = await database.query<Parameters<typeof conclusions>[0]>(CONCLUSIONS);
    expect(after.filter(isStored).map(conclusions)).toEqual(
      (before as Parameters<typeof conclusions>[0][]).filter(isStored).map(conclusions),
    );
  });

  it.each([
    ['create-admin', 'create-admin needs --email and --name'],
    ['create-admin --email a@b.example --name A --organisation NOWHERE', 'Say with --organisation CODE'],
    ['create-admin --email a@b.example --name A --colour red', "Unknown option '--colour'"],
    ['audit', 'There is no command audit.\nUsage: npm run cli -- <command> [options]'],
    ['frobnicate', 'There is no command frobnicate.\nUsage: npm run cli -- <command> [options]'],
    ['', 'Usage: npm run cli -- <command> [options]'],
  ])('answers "%s" with what is wrong, and no stack', async (command, said) => {
    const { code, stdout, stderr } = await cli(command, settings);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.slice(0, said.length)).toBe(said);
    expect(stderr).not.toContain('    at ');
  });

  it('is on record as the command that acted', async () => {
    const [root] = await database.query<{ code: string }>('SELECT code FROM organisation WHERE parent_id IS NULL');
    await cli(`create-admin --email cli@office.example --name Cli --organisation ${root?.code}`, settings);
    const events = await database.query(`SELECT actor_id, action FROM audit_event WHERE program = 'cli:create-admin'`);
    expect(events).toEqual([{ actor_id: null, action: 'user.made_administrator' }]);
  });

  it('checks an export of the audit events by itself: 0 for one that holds, 1 for one that does not, 2 for no export', async () => {
    const service = await startService(settings.SONAE_DATA as string, { settings });
    const auditor = await service.as('auditor@demo.example', 'known to the test');
    const exported = String((await auditor.get('/audit-events/export')).body);
    await service.process.stop();
    const path = join(settings.SONAE_DATA as string, 'audit.ndjson');
    const verify = (content: string, words = path): Promise<Ending> => {
      writeFileSync(path, content);
      return cli(`audit verify ${words}`);
    };
    expect(await verify(exported)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK: \d+ events, /) });
    const altered = await verify(exported.replace('\\"', '\\"x'));
    expect(altered).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^NOT OK, line \d+: .*\(EVENT_ALTERED\)\n$/),
    });
    const cut = await verify(exported.trimEnd().split('\n').slice(0, -1).join('\n'));
    expect(cut).toMatchObject({ code: 1, stdout: expect.stringMatching(/^NOT OK, .*\(END_MISSING\)\n$/) });
    expect(await verify('no export')).toMatchObject({ code: 2, stdout: expect.stringMatching(/^Not checked: /) });
    expect(await verify(exported, '')).toMatchObject({ code: 2, stderr: 'audit verify needs FILE\n' });
    expect(await verify(exported, `${path} --seq 3`)).toMatchObject({ code: 2, stdout: '' });
  });

  it('checks an audit pack with no settings at all, in either language, and says what it cannot make sense of', async () => {
    const path = join(settings.SONAE_DATA as string, 'pack.zip');
    writeFileSync(path, 'no zip');
    expect(await cli(`verify-pack ${path}`)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('It is no zip file, or is cut off. (CUT_OFF)'),
    });
    expect(await cli(`verify-pack ${path} --language ja`)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^不適合/),
    });
    expect(await cli('verify-pack /nowhere.zip')).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^Not checked: /),
    });
    for (const words of ['', `${path} --digest abc`, `${path} --language fr`])
      expect(await cli(`verify-pack ${words}`)).toMatchObject({ code: 2, stdout: '' });
  });

  it('plans a policy pack with 2 while something differs, puts it in force once, and then finds nothing more', async () => {
    const [root] = await database.query<{ code: string }>('SELECT code FROM organisation WHERE parent_id IS NULL');
    const path = join(settings.SONAE_DATA as string, 'pack.yaml');
    const [{ rules } = { rules: DEFAULT_POLICY }] = await database.query<{ rules: PolicyRules }>(
      `SELECT rules FROM policy WHERE status = 'PUBLISHED' ORDER BY id LIMIT 1`,
    );
    writeFileSync(path, writePack({ ...rules, reviewAfterChange: 'P7D' }, 'of the test'));
    const policy = (verb: string): Promise<Ending> =>
      cli(`policy ${verb} ${path} --organisation ${root?.code}`, settings);
    const planned = await policy('plan');
    expect(planned).toMatchObject({ code: 2, stderr: '' });
    expect(planned.stdout).toContain('reviewAfterChange: P30D -> P7D');
    expect(await policy('apply')).toMatchObject(done('In force as version 2.\n'));
    for (const verb of ['plan', 'apply'])
      expect(await policy(verb)).toMatchObject(done('Nothing differs from the policy in force.\n'));
    writeFileSync(path, 'colour: red');
    expect(await policy('plan')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('  colour: ') });
  });

  it('lists its commands when asked for help', async () => {
    const { code, stdout } = await cli('help');
    expect(code).toBe(0);
    for (const name of [
      'migrate',
      'rebuild',
      'create-admin',
      'seed-demo',
      'audit verify',
      'verify-pack',
      'policy plan',
      'policy apply',
      'openapi',
    ])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });
});

describe('the command line on the data directory', () => {
  const data = dataFolder();
  let service: RunningService;

  it('makes the database and stops it again', async () => {
    const { code, stdout, stderr } = await cli('migrate', { SONAE_DATA: data });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Migrated: \S/) });
    expect(stderr).toMatch(/^Setting up the built-in PostgreSQL for the first time\nPostgreSQL is up \(pid \d+\)\n$/);
    expect(hasPostgres(data)).toBe(false);
  });

  it('makes the first administrator, who signs in with the password it shows', async () => {
    const { code, stdout } = await cli(
      'create-admin --email first@office.example --name First --organisation-name Office',
      { SONAE_DATA: data },
    );
    const [, password = ''] = /^Password, shown only now: (\S+)$/m.exec(stdout) ?? [];
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'first@office.example administers Office.']);
    expect(hasPostgres(data)).toBe(false);

    service = await startService(data);
    const { body } = await (await service.as('first@office.example', password)).get('/me');
    expect(body).toMatchObject({ demo: false, roles: [{ role: 'ADMIN', organisationName: 'Office' }] });
  });

  it('works beside the running service, on its database', async () => {
    const settings = { SONAE_DATA: data };
    expect(await cli('migrate', settings)).toMatchObject(done('The schema is up to date.\n'));
    const second = await cli('create-admin --email second@office.example --name Second --password-stdin', settings, {
      input: 'chosen by the second\n',
    });
    expect(second).toMatchObject(done('second@office.example administers Office.\n'));
    await service.as('second@office.example', 'chosen by the second');
    const short = await cli('create-admin --email third@office.example --name Third --password-stdin', settings, {
      input: 'short\n',
    });
    expect(short).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The password needs at least/) });
    expect((await service.process.stop()).code).toBe(0);
  });
});
