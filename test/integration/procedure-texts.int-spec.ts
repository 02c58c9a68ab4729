import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Passage } from '../../src/registry/procedures/reading/passage';
import type { Reading } from '../../src/registry/procedures/reading/readings';
import { startTestApp, type TestApp } from '../support/app';
import { approvedProcedure, CONTENT, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let systemId: string;

beforeAll(async () => {
  app = await startTestApp('procedure-texts');
  owner = await app.as('owner');
  systemId = (await registerSystem(app, { tier: 'HIGH' }, 'owner')).id;
});
afterAll(() => app.stop());

const FOLDER = join(__dirname, '../fixtures/runbooks');
const RUNBOOKS = readdirSync(FOLDER).map((file) => file.slice(0, -3));
const runbook = (name: string): string => readFileSync(join(FOLDER, `${name}.md`), 'utf8');

describe('a runbook that is pasted', () => {
  it.each(RUNBOOKS)('%s gives steps that can be saved, and its text is kept to the letter', async (name) => {
    const markdown = runbook(name);
    const { status, body } = await owner.post('/procedure-passages', { markdown });
    expect(status).toBe(200);
    // A policy on backups is no procedure, and says so.
    expect(body.stepsFound).toBe(name !== 'govuk-backups-policy');
    const proposed = (body.readings[0].passages as Passage[]).filter((passage) => passage.proposed);
    const steps = proposed.map(({ title, instructions }, at) => ({ key: `step-${at + 1}`, title, instructions }));
    const saved = await writeProcedure(owner, systemId, { title: name, markdown, steps });
    expect(saved.status).toBe(201);
    const read = (await owner.get(`/procedure-versions/${saved.body.id}`)).body;
    expect(read.markdown).toBe(markdown);
    expect(read.steps).toMatchObject(steps);
  });

  it('can be read in several ways, the likeliest first', async () => {
    const { body } = await owner.post('/procedure-passages', { markdown: runbook('govuk-restore-rds') });
    expect(body.readings.map(({ kind, level }: Reading) => [kind, level])).toEqual(
      expect.arrayContaining([
        ['AS_MARKED', null],
        ['HEADINGS', 2],
      ]),
    );
    expect(body.readings[0].passages[0]).toEqual({
      title: expect.any(String),
      instructions: expect.any(String),
      plannedMinutes: null,
      section: [],
      origin: 'HEADING',
      proposed: false,
      unfinished: false,
    });
  });

  it('is refused when it is longer than a procedure may be', async () => {
    const { status, body } = await owner.post('/procedure-passages', { markdown: 'x'.repeat(100_001) });
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe('markdown');
  });

  it('is not read for somebody who writes no procedures', async () => {
    expect((await (await app.as('auditor')).post('/procedure-passages', { markdown: '1. x' })).status).toBe(403);
  });
});

// Put together here, so that no scanner takes this file for a leak.
const ADDRESS = ['postgres://sonae', 'kasumi9@db.example/x'].join(':');

describe('what looks like a secret', () => {
  it('is pointed out by place and line in passages and in the version, and not repeated', async () => {
    const markdown = '1. Log in\n\n   password: kasumigaseki9';
    const read = (await owner.post('/procedure-passages', { markdown })).body;
    expect(read.secretHints).toEqual([{ kind: 'PASSWORD', field: 'markdown', line: 3 }]);
    const steps = [{ key: 'a', title: '接続', instructions: `確認\npsql ${ADDRESS}` }];
    const { body } = await writeProcedure(owner, systemId, { title: '接続', markdown, steps });
    expect(body.secretHints).toEqual([
      { kind: 'PASSWORD', field: 'markdown', line: 3 },
      { kind: 'PASSWORD_IN_ADDRESS', field: 'steps[0].instructions', line: 2 },
    ]);
  });

  it('is pointed out wherever something can be typed', async () => {
    const typed = `psql ${ADDRESS}`;
    const { body } = await writeProcedure(owner, systemId, {
      ...{ title: '接続', launchCriteria: typed, launchedBy: typed },
      steps: [{ key: 'a', title: typed, role: typed, instructions: typed, location: typed }],
      contacts: [{ name: typed, role: typed }],
    });
    expect(body.secretHints.map(({ field, line }: Answer['body']) => `${field} ${line}`)).toEqual([
      ...['launchCriteria 1', 'launchedBy 1', 'steps[0].title 1', 'steps[0].role 1', 'steps[0].instructions 1'],
      ...['steps[0].location 1', 'contacts[0].name 1', 'contacts[0].role 1'],
    ]);
  });
});

describe('the launch of a procedure', () => {
  it('has criteria and somebody who decides', async () => {
    const launch = { launchCriteria: '業務時間内に2時間以上停止したとき', launchedBy: '情報セキュリティ責任者' };
    const { body } = await writeProcedure(owner, systemId, { title: '発動', ...launch });
    expect(body).toMatchObject(launch);
    expect((await owner.get(`/procedure-versions/${body.id}`)).body).toMatchObject(launch);
  });

  it('refuses a contact confirmed on a day that does not exist', async () => {
    const { status, body } = await writeProcedure(owner, systemId, {
      contacts: [{ name: '運用', confirmedOn: '2026-02-30' }],
    });
    expect([status, body.errors[0].field]).toEqual([400, 'contacts[0].confirmedOn']);
  });
});

describe('two versions', () => {
  it('differ from the one in force by what an approver has to read', async () => {
    const approved = await approvedProcedure(app, systemId);
    const steps = [
      { ...CONTENT.steps[0], plannedMinutes: 120, role: null, instructions: null },
      CONTENT.steps[1],
      { key: 'check', title: '確認' },
    ];
    const contacts = [{ ...CONTENT.contacts[0], confirmedOn: '2026-11-20' }];
    const next = await owner.post(`/procedures/${approved.procedureId}/versions`, {
      markdown: '# 復旧手順\n\n1. 通報',
      launchedBy: '責任者',
      ...{ steps, contacts },
    });
    const { status, body } = await owner.get(`/procedure-versions/${next.body.id}/diff`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      before: { id: approved.id, version: 1 },
      after: { id: next.body.id, version: 2 },
      markdown: [
        { change: 'SAME', lines: ['# 復旧手順', ''] },
        { change: 'REMOVED', lines: ['1. 連絡'] },
        { change: 'ADDED', lines: ['1. 通報'] },
      ],
      launchCriteria: [],
      launchedBy: [{ change: 'ADDED', lines: ['責任者'] }],
      steps: [
        { change: 'CHANGED', step: { key: 'restore' }, before: { plannedMinutes: 90 }, fields: ['plannedMinutes'] },
        { change: 'ADDED', step: { key: 'check' }, before: null, fields: [] },
        { change: 'REMOVED', step: { key: 'notify' } },
      ],
      contacts: [],
    });
    const same = await owner.get(`/procedure-versions/${next.body.id}/diff?with=${approved.id}`);
    expect(same.body).toEqual(body);
  });

  it('have nothing to compare with at the first', async () => {
    const { body } = await writeProcedure(owner, systemId, { title: '最初' });
    const diff = (await owner.get(`/procedure-versions/${body.id}/diff`)).body;
    expect([diff.before, diff.steps.length]).toEqual([null, 3]);
  });

  it('are of one procedure, and seen only by who sees the system', async () => {
    const [one, other] = [await writeProcedure(owner, systemId), await writeProcedure(owner, systemId)];
    const refused = await owner.get(`/procedure-versions/${one.body.id}/diff?with=${other.body.id}`);
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'OTHER_PROCEDURE']);
    expect((await (await app.as('outsider')).get(`/procedure-versions/${one.body.id}/diff`)).status).toBe(404);
  });
});
