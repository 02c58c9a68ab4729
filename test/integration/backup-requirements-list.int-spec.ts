import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let owner: Client;

beforeAll(async () => {
  app = await startTestApp('backup requirements list');
  owner = await app.as('owner');
});
afterAll(() => app.stop());

const TERMS = { method: 'FULL', interval: 'P1D', retention: 'P35D', rpo: 'P1D' };
const copies = [{ site: '東京', medium: 'ディスク' }];

/** A system of the owner's whose backups of these data are declared. */
async function systemWith(...datasets: string[]): Promise<string> {
  const { id } = await registerSystem(app, {}, 'owner');
  for (const dataset of datasets)
    expect(await owner.post(`/systems/${id}/backup-requirements`, { ...TERMS, copies, dataset })).toMatchObject({
      status: 201,
    });
  return id;
}

const datasetsOf = async (query: string, by = owner): Promise<string[]> =>
  (await by.get(`/backup-requirements?${query}`)).body.items.map(({ dataset }: { dataset: string }) => dataset);

describe('the backup requirements of all systems, of one of them only', () => {
  it('are those that are in force, page by page, and with the other filters', async () => {
    const [one, other] = [await systemWith('甲', '乙', '丙'), await systemWith('丁')];
    const { items } = (await owner.get(`/systems/${one}/backup-requirements`)).body;
    await owner.post(`/backup-requirements/${items[2].id}/withdraw`, { reason: '統合' });
    const left = items.slice(0, 2).map(({ dataset }: { dataset: string }) => dataset);
    expect(await datasetsOf(`systemId=${one}`)).toEqual(left);
    expect(await datasetsOf(`systemId=${other}`)).toEqual(['丁']);
    expect(await datasetsOf(`systemId=${one}&tier=HIGH`)).toEqual([]);
    const first = (await owner.get(`/backup-requirements?systemId=${one}&limit=1`)).body;
    expect(await datasetsOf(`systemId=${one}&limit=1&cursor=${first.nextCursor}`)).toEqual(left.slice(1));
  });

  it('are a file too', async () => {
    const [one] = [await systemWith('戊', '己'), await systemWith('庚')];
    const { body } = await owner.get(`/backup-requirements/export?format=json&systemId=${one}`);
    expect(body.map(({ dataset }: { dataset: string }) => dataset).sort()).toEqual(['己', '戊']);
  });

  it('are none of a system that one may not see, as of one that there is not', async () => {
    const one = await systemWith('辛');
    const outsider = await app.as('outsider');
    expect(await outsider.get(`/systems/${one}`)).toMatchObject({ status: 404 });
    const page = { status: 200, body: { items: [], nextCursor: null } };
    expect(await outsider.get(`/backup-requirements?systemId=${one}`)).toMatchObject(page);
    expect(await owner.get('/backup-requirements?systemId=019a0000-0000-7000-8000-000000000000')).toMatchObject(page);
    const { body } = await outsider.get(`/backup-requirements/export?format=json&systemId=${one}`);
    expect(body).toEqual([]);
  });

  it.each(['x', '019a0000'])('are not asked for by %j', async (systemId) => {
    for (const path of ['/backup-requirements?limit=1', '/backup-requirements/export?format=csv'])
      expect(await owner.get(`${path}&systemId=${systemId}`)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'systemId', code: 'NOT_AN_ID' }] },
      });
  });
});
