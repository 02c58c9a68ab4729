import { startTestApp, type TestApp } from '../support/app';
import { connect, declareBackups, NIGHTLY, openInlet } from '../support/builders/inlets';
import type { Answer } from '../support/client';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp('inlets-declared', { now: '2026-11-23T00:00:00Z' });
});
afterAll(() => app.stop());

const outcome = { pointer: '/state', values: { ok: 'PASSED', error: 'FAILED' } };
const MAPPING = { items: '/jobs', fields: { outcome, runKey: { pointer: '/id' } } };

describe('the mapping of an inlet', () => {
  const WRONG: [string, string, string, object][] = [
    ['MAPPING_UNKNOWN', 'foo', '「foo」は使えない項目', { foo: 1, fields: { outcome } }],
    ['MAPPING_UNKNOWN', 'fields/status', '「fields/status」', { fields: { outcome, status: outcome } }],
    ['MAPPING_LACKS', 'fields', '「fields」がありません', {}],
    ['MAPPING_LACKS', 'fields/outcome', '「fields/outcome」がありません', { fields: {} }],
    ['MAPPING_NO_POINTER', 'fields/outcome/pointer', 'JSON Pointer', { fields: { outcome: { pointer: 'state' } } }],
    ['MAPPING_NEEDS_ONE', 'fields/host', 'どちらか一方', { fields: { outcome, host: {} } }],
    [
      ...(['MAPPING_NO_WORD', 'fields/outcome/values/ok', 'PASSED, PARTIAL, FAILED, RUNNING'] as const),
      { fields: { outcome: { pointer: '/state', values: { ok: 'GOOD' } } } },
    ],
    ['MAPPING_WRONG', 'items', '「items」が正しくありません', { items: 7, fields: { outcome } }],
  ];
  const refused = (answer: Answer, code: string, sentence: string): void =>
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'mapping', code, message: expect.stringContaining(sentence) }] },
    });

  it.each(WRONG)('is refused with %s at %s', async (code, place, sentence, mapping) => {
    const { requirementId } = await declareBackups(app);
    const owner = await app.as('owner');
    const body = { ...NIGHTLY, name: 'x', tool: 'generic-json', mapping };
    const made = await owner.post(`/backup-requirements/${requirementId}/inlets`, body);
    refused(made, code, sentence);
    expect(made.body.errors[0].message).toContain(place);
    const { id } = await openInlet(app, requirementId, { tool: 'generic-json', mapping: MAPPING });
    refused(await owner.patch(`/inlets/${id}`, { mapping }, '"1"'), code, sentence);
  });

  it('is asked for with the tool that cannot be read without it', async () => {
    const { requirementId } = await declareBackups(app);
    const body = { ...NIGHTLY, name: 'x', tool: 'generic-json' };
    const made = await (await app.as('owner')).post(`/backup-requirements/${requirementId}/inlets`, body);
    expect(made).toMatchObject({ status: 422, body: { errors: [{ field: 'mapping', code: 'REQUIRED' }] } });
  });

  it('that is sound is what messages are read by', async () => {
    const { path } = await connect(app, { tool: 'generic-json', mapping: MAPPING });
    const answer = await new InletSender(app).send(path, { jobs: [{ id: '7', state: 'ok' }] });
    expect(answer.body.records).toMatchObject([{ runKey: 'json:7', outcome: 'PASSED' }]);
  });
});

describe('a requirement', () => {
  it('has at most 20 inlets that are open, however many have been ended', async () => {
    const { requirementId } = await declareBackups(app);
    const owner = await app.as('owner');
    const ids: string[] = [];
    for (let nth = 0; nth < 20; nth += 1) ids.push((await openInlet(app, requirementId)).id);
    const another = (): Promise<Answer> =>
      owner.post(`/backup-requirements/${requirementId}/inlets`, { ...NIGHTLY, name: 'one more' });
    expect(await another()).toMatchObject({ status: 409, body: { code: 'TOO_MANY_INLETS' } });
    expect((await owner.post(`/inlets/${ids[0]}/revoke`)).status).toBe(200);
    expect((await another()).status).toBe(201);
  });
});
