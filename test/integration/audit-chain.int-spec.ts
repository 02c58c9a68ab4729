import type { DataSource } from 'typeorm';
import { AuditChain, type ChainVerdict } from '../../src/audit/chain/audit-chain';
import { AuditLog } from '../../src/audit/audit-log';
import { ENTITIES } from '../../src/entities';
import { buildDataSource } from '../../src/platform/database/data-source';
import { newId } from '../../src/platform/database/id';
import { SettableClock } from '../support/clock';
import { cloneDatabase, type TestDatabase } from '../support/database';

const EVENTS = 6;
const PERSON = newId();

let database: TestDatabase;
let dataSource: DataSource;
let log: AuditLog;

beforeEach(async () => {
  database = await cloneDatabase('audit chain');
  dataSource = await buildDataSource(database.connection, ENTITIES).initialize();
  log = new AuditLog(new SettableClock('2026-11-23T00:00:00Z'));
  for (let n = 1; n <= EVENTS; n++) await record(n);
});

afterEach(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

/** One event in a transaction of its own; it holds an address of the person. */
function record(n: number): Promise<void> {
  return dataSource.transaction((m) =>
    log.record(
      m,
      { userId: PERSON, requestId: `request-${n}` },
      {
        action: 'system.changed',
        recordType: 'system',
        recordId: newId(),
        organisationId: null,
        before: { tier: 'LOW', n },
        after: { tier: 'HIGH', n, address: '192.0.2.7' },
      },
    ),
  );
}

const verify = (noted?: { seq: number; hash: string }): Promise<ChainVerdict> =>
  new AuditChain(dataSource).verify(noted);

/** What the owner of the database can do: no trigger and no foreign key is in the way. */
async function tamper(...statements: string[]): Promise<void> {
  await database.query(`SET session_replication_role = replica; ${statements.join('; ')}`);
}

const eventAt = (seq: number): string => `(SELECT event_id FROM audit_link WHERE seq = ${seq})`;
const rehash = (seq: number): string =>
  `UPDATE audit_link l SET hash = audit_hash((SELECT hash FROM audit_link WHERE seq = ${seq - 1}), l.seq, audit_digest(audit_text(e)))
   FROM audit_event e WHERE e.id = l.event_id AND l.seq = ${seq}`;

describe('the chain of audit events', () => {
  it('has a link for every event, in the order of the commits', async () => {
    const links = await database.query(
      `SELECT l.seq::integer AS seq, e.before->'n' AS n FROM audit_link l JOIN audit_event e ON e.id = l.event_id ORDER BY l.seq`,
    );
    expect(links).toEqual(Array.from({ length: EVENTS }, (_, index) => ({ seq: index + 1, n: index + 1 })));
    const verdict = await verify();
    expect(verdict).toMatchObject({ valid: true, events: EVENTS, links: EVENTS, firstBroken: null });
    expect(verdict.head).toEqual({ seq: EVENTS, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('has none for an event whose transaction was rolled back', async () => {
    const failing = dataSource.transaction(async (m) => {
      await log.record(m, null, { action: 'system.created', recordType: 'x', recordId: null, organisationId: null });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await verify()).toMatchObject({ valid: true, events: EVENTS, links: EVENTS });
  });

  it('stays whole under writers that commit at once, with no gap', async () => {
    const writers = 24;
    const other = await buildDataSource(database.connection, ENTITIES).initialize();
    try {
      await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          for (let n = 0; n < 5; n++)
            await (writer % 2 ? dataSource : other).transaction(async (m) => {
              await log.record(m, null, {
                action: 'system.created',
                recordType: 'x',
                recordId: null,
                organisationId: null,
              });
              await log.record(m, null, {
                action: 'system.changed',
                recordType: 'x',
                recordId: null,
                organisationId: null,
              });
            });
        }),
      );
    } finally {
      await other.destroy();
    }
    const links = EVENTS + writers * 10;
    expect(await verify()).toMatchObject({ valid: true, events: links, links, head: { seq: links } });
  });

  it('takes ten thousand events of one transaction within seconds, and checks them page by page', async () => {
    const begun = performance.now();
    await database.query(
      `INSERT INTO audit_event (id, at, action, record_type, after)
       SELECT gen_random_uuid(), now(), 'system.created', 'system', jsonb_build_object('code', n, 'name', repeat('x', 400))
       FROM generate_series(1, 10000) n`,
    );
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(await verify()).toMatchObject({ valid: true, links: EVENTS + 10_000 });
    await tamper(`UPDATE audit_event SET after = '{}' WHERE id = ${eventAt(9_000)}`);
    expect(await verify()).toMatchObject({ valid: false, firstBroken: { seq: 9_000, reason: 'EVENT_ALTERED' } });
  });
});

describe('what the database itself refuses', () => {
  it.each([
    `UPDATE audit_event SET action = 'other'`,
    `UPDATE audit_event SET personal = NULL`,
    `UPDATE audit_event SET personal = jsonb_set(personal, '{${PERSON},address}', '"203.0.113.9"')`,
    'DELETE FROM audit_event',
    'TRUNCATE audit_event, audit_link',
    `UPDATE audit_link SET hash = ''`,
    'DELETE FROM audit_link',
    'TRUNCATE audit_link',
  ])('%s', async (statement) => {
    await expect(database.query(statement)).rejects.toThrow('audit events are append-only');
  });
});

describe('a tampered chain is told, and where: the owner', () => {
  it.each([
    ['changes who did it', [`UPDATE audit_event SET actor_id = NULL WHERE id = ${eventAt(3)}`], 3, 'EVENT_ALTERED'],
    [
      'changes what was before',
      [`UPDATE audit_event SET before = '{"tier": "HIGH", "n": 2}' WHERE id = ${eventAt(2)}`],
      2,
      'EVENT_ALTERED',
    ],
    [
      'changes what came after, in the last event',
      [`UPDATE audit_event SET after = NULL WHERE id = ${eventAt(6)}`],
      6,
      'EVENT_ALTERED',
    ],
    [
      'changes when it was, by a microsecond',
      [`UPDATE audit_event SET at = at + interval '1 microsecond' WHERE id = ${eventAt(1)}`],
      1,
      'EVENT_ALTERED',
    ],
    [
      'changes an event and its own hash',
      [`UPDATE audit_event SET after = NULL WHERE id = ${eventAt(3)}`, rehash(3)],
      4,
      'EVENT_ALTERED',
    ],
    ['deletes an event', [`DELETE FROM audit_event WHERE id = ${eventAt(4)}`], 4, 'EVENT_MISSING'],
    [
      'deletes an event with its link',
      [`DELETE FROM audit_event WHERE id = ${eventAt(4)}`, 'DELETE FROM audit_link WHERE seq = 4'],
      4,
      'LINK_MISSING',
    ],
    [
      'deletes an event with its link and closes the gap',
      [
        `DELETE FROM audit_event WHERE id = ${eventAt(4)}`,
        'DELETE FROM audit_link WHERE seq = 4',
        'UPDATE audit_link SET seq = 4 WHERE seq = 5',
        'UPDATE audit_link SET seq = 5 WHERE seq = 6',
      ],
      4,
      'LINK_ALTERED',
    ],
    ['deletes the first link', ['DELETE FROM audit_link WHERE seq = 1'], 1, 'LINK_MISSING'],
    ['changes a hash', [`UPDATE audit_link SET hash = repeat('a', 64) WHERE seq = 3`], 3, 'LINK_ALTERED'],
    [
      'lets two events change places',
      [
        `CREATE TEMP TABLE swap AS SELECT seq, event_id FROM audit_link WHERE seq IN (2, 5)`,
        `UPDATE audit_link SET event_id = gen_random_uuid() WHERE seq = 2`,
        `UPDATE audit_link SET event_id = (SELECT event_id FROM swap WHERE seq = 2) WHERE seq = 5`,
        `UPDATE audit_link SET event_id = (SELECT event_id FROM swap WHERE seq = 5) WHERE seq = 2`,
      ],
      2,
      'EVENT_MOVED',
    ],
    [
      'links an event that never was in the place of another',
      [
        `INSERT INTO audit_event (id, at, action, record_type) VALUES ('00000000-0000-4000-8000-000000000001', now(), 'x', 'x')`,
        `UPDATE audit_link SET event_id = '00000000-0000-4000-8000-000000000001' WHERE seq = 3`,
      ],
      3,
      'EVENT_ALTERED',
    ],
    [
      'puts an event in past the triggers',
      [`INSERT INTO audit_event (id, at, action, record_type) VALUES (gen_random_uuid(), now(), 'x', 'x')`],
      null,
      'EVENT_NOT_LINKED',
    ],
    ['cuts the last link off', ['DELETE FROM audit_link WHERE seq = 6'], null, 'EVENT_NOT_LINKED'],
    [
      'takes the personal part away without an erasure',
      [`UPDATE audit_event SET personal = NULL WHERE id = ${eventAt(5)}`],
      5,
      'PERSONAL_MISSING',
    ],
    [
      'changes an address',
      [
        `UPDATE audit_event SET personal = jsonb_set(personal, '{${PERSON},address}', '"203.0.113.9"') WHERE id = ${eventAt(5)}`,
      ],
      5,
      'PERSONAL_ALTERED',
    ],
    [
      'adds a personal part',
      [`UPDATE audit_event SET personal = personal || '{"${newId()}": {"salt": ""}}' WHERE id = ${eventAt(5)}`],
      5,
      'PERSONAL_ALTERED',
    ],
  ])('%s', async (_, statements, seq, reason) => {
    await tamper(...statements);
    expect(await verify()).toMatchObject({ valid: false, firstBroken: { seq, reason } });
  });
});

describe('a head that was written down', () => {
  it('is found again, also when events came after it', async () => {
    const { head } = await verify();
    await record(7);
    expect(await verify(head ?? undefined)).toMatchObject({ valid: true, head: { seq: 7 } });
  });

  it('tells that the end was cut off, which nothing inside the chain can', async () => {
    const { head } = await verify();
    await tamper(`DELETE FROM audit_event WHERE id = ${eventAt(6)}`, 'DELETE FROM audit_link WHERE seq = 6');
    expect(await verify()).toMatchObject({ valid: true });
    expect(await verify(head ?? undefined)).toMatchObject({
      valid: false,
      firstBroken: { seq: 6, reason: 'END_MISSING' },
    });
  });

  it('tells that the chain was written anew from an altered event on', async () => {
    const { head } = await verify();
    await tamper(
      `UPDATE audit_event SET after = NULL WHERE id = ${eventAt(3)}`,
      rehash(3),
      rehash(4),
      rehash(5),
      rehash(6),
    );
    expect(await verify()).toMatchObject({ valid: true });
    expect(await verify(head ?? undefined)).toMatchObject({
      valid: false,
      firstBroken: { seq: 6, reason: 'CHAIN_REWRITTEN' },
    });
  });
});

describe('the erasure of a person', () => {
  const erase = (): Promise<void> =>
    dataSource.transaction(async (m) => {
      await log.record(m, null, { action: 'user.erased', recordType: 'user', recordId: PERSON, organisationId: null });
      await m.query('SELECT erase_audit_personal($1)', [PERSON]);
    });

  it('takes what the events hold of them and leaves the chain valid', async () => {
    await erase();
    const rows = await database.query(`SELECT FROM audit_event WHERE personal IS NOT NULL`);
    expect(rows).toEqual([]);
    expect(await verify()).toMatchObject({ valid: true, links: EVENTS + 1 });
  });

  it('is refused by the database when no event tells of it', async () => {
    await expect(database.query('SELECT erase_audit_personal($1)', [PERSON])).rejects.toThrow('append-only');
  });

  it('covers nothing when the event that tells of it was put in past the triggers', async () => {
    await tamper(
      `INSERT INTO audit_event (id, at, action, record_type, record_id) VALUES (gen_random_uuid(), now(), 'user.erased', 'user', '${PERSON}')`,
      `UPDATE audit_event SET personal = NULL`,
    );
    expect(await verify()).toMatchObject({ valid: false, firstBroken: { seq: 1, reason: 'PERSONAL_MISSING' } });
  });
});
