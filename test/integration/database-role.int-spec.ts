import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Undo } from '../../src/boot';
import { openDatabase } from '../../src/own-database';
import { readConfig } from '../../src/platform/config/config';
import { clientOptions } from '../../src/platform/database/data-source';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres';
import { migrate, NotTheOwner } from '../../src/platform/database/migrate';
import { ownedDatabase } from '../../src/platform/database/service-role';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import { cloneDatabase, queryOnce, type TestDatabase } from '../support/database';

describe('the role that the service works as', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp('database role');
    await registerSystem(app, {});
  });
  afterAll(() => app?.stop());

  const asService = <Row extends object>(sql: string): Promise<Row[]> => queryOnce<Row>(app.database.asService, sql);

  it('is the one that the service has, and no owner of anything', async () => {
    expect(await app.dataSource.query('SELECT current_user AS name')).toEqual([{ name: 'sonae_service' }]);
    const [role] = await asService(
      `SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
         (SELECT count(*)::integer FROM pg_class WHERE relowner = r.oid AND relnamespace = 'public'::regnamespace) AS owned
       FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(new Set(Object.values(role ?? {}))).toEqual(new Set([false, 0]));
  });

  it.each([
    ['UPDATE audit_event SET action = $$other$$', 'permission denied for table audit_event'],
    ['UPDATE audit_event SET personal = NULL', 'permission denied for table audit_event'],
    ['DELETE FROM audit_event', 'permission denied for table audit_event'],
    ['TRUNCATE audit_event CASCADE', 'permission denied for table audit_event'],
    ['INSERT INTO audit_link VALUES (999, gen_random_uuid(), $$$$)', 'permission denied for table audit_link'],
    ['UPDATE audit_link SET hash = $$$$', 'permission denied for table audit_link'],
    ['DELETE FROM audit_link', 'permission denied for table audit_link'],
    ['TRUNCATE audit_link', 'permission denied for table audit_link'],
    ['ALTER TABLE audit_event DISABLE TRIGGER ALL', 'must be owner of table audit_event'],
    ['ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only', 'must be owner of table audit_event'],
    ['DROP TRIGGER audit_event_link ON audit_event', 'must be owner of relation audit_event'],
    ['DROP TABLE audit_link', 'must be owner of table audit_link'],
    ['DROP FUNCTION audit_text CASCADE', 'must be owner of function audit_text'],
    ['ALTER TABLE audit_event OWNER TO current_user', 'must be owner of table audit_event'],
    ['GRANT ALL ON audit_event TO current_user', 'no privileges were granted'],
    ['CREATE TABLE public.audit_link_2 ()', 'permission denied for schema public'],
    ['SET session_replication_role = replica', 'permission denied to set parameter'],
    ['SET ROLE sonae', 'permission denied to set role'],
    ['DELETE FROM migration', 'permission denied for table migration'],
  ])('may not: %s', async (statement, refusal) => {
    const before = await asService('SELECT count(*) FROM audit_event');
    if (statement.startsWith('GRANT')) {
      await asService(statement); // PostgreSQL only warns
      expect(await asService(`SELECT has_table_privilege('audit_event', 'UPDATE') AS may`)).toEqual([{ may: false }]);
    } else await expect(asService(statement)).rejects.toThrow(refusal);
    expect(await asService('SELECT count(*) FROM audit_event')).toEqual(before);
  });

  it('adds events, which are linked, and erases the part of a person whose erasure is on record', async () => {
    await asService(
      `INSERT INTO audit_event (id, at, action, record_type) VALUES (gen_random_uuid(), now(), 'system.created', 'system')`,
    );
    expect(
      await asService('SELECT (SELECT count(*) FROM audit_event) = (SELECT count(*) FROM audit_link) AS whole'),
    ).toEqual([{ whole: true }]);
    await expect(asService(`SELECT erase_audit_personal('${app.world.people.manager}')`)).rejects.toThrow(
      'append-only',
    );
  });
});

describe('a database of one’s own server', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await cloneDatabase('database role own server');
  });
  afterEach(() => database.drop());

  const urlOf = (user: string): string => database.url.replace('//sonae@', `//${user}@`);

  it('is migrated by its owner, who makes the role of the service', async () => {
    const role = `office_${database.connection.database.slice(-12)}`;
    const { connection, owner, ...rest } = ownedDatabase(urlOf(`${role}:se%27cret`), database.url);
    expect(rest).toEqual({ role: { name: role, password: "se'cret" } });
    try {
      expect(await migrate(owner, rest.role)).toEqual([]);
      expect(await migrate(owner, rest.role)).toEqual([]);
      const service = clientOptions(connection) as { connectionString: string };
      const ask = (sql: string): Promise<object[]> => queryOnce(service as never, sql);
      expect(await ask('SELECT current_user AS name')).toEqual([{ name: role }]);
      await expect(ask('DELETE FROM audit_event')).rejects.toThrow('permission denied');
      expect(await migrate(connection)).toEqual([]);
    } finally {
      await database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  it('is not migrated by the role of the service, which says so', async () => {
    await database.query(`DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)`);
    await expect(migrate(database.asService)).rejects.toThrow(NotTheOwner);
  });

  it('knows one role alone when only DATABASE_URL is set, or both are the same', () => {
    const url = 'postgres://a:b@db/sonae';
    expect(ownedDatabase(url, undefined)).toEqual({ connection: { url }, owner: { url } });
    expect(ownedDatabase(url, 'postgres://a:b@db:5432/sonae').role).toBeUndefined();
  });
});

describe('the embedded database', () => {
  let place: string;

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'sonae-role-'));
  });
  afterEach(() => rmSync(place, { recursive: true, force: true, maxRetries: 5 }));

  it('of an older version gets the role at the next start, and keeps its data', async () => {
    const older = await startEmbeddedPostgres({ dataDir: place, durable: false });
    await migrate(older.connection);
    await queryOnce(
      older.connection,
      `INSERT INTO audit_event (id, at, action, record_type) VALUES (gen_random_uuid(), now(), 'system.created', 'system')`,
    );
    await older.stop();

    const undo = new Undo();
    try {
      const { connection, owner, role } = await openDatabase(readConfig({ SONAE_DATA: place }), undo, () => undefined);
      expect(await migrate(owner, role)).toEqual([]);
      const ask = (sql: string): Promise<object[]> => queryOnce(connection as never, sql);
      expect(await ask('SELECT current_user AS name, count(*)::integer AS events FROM audit_event')).toEqual([
        { name: 'sonae_service', events: 1 },
      ]);
      await expect(ask('DELETE FROM audit_event')).rejects.toThrow('permission denied');
    } finally {
      await undo.run();
    }
  });
});
