import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('procedure life');
}, 120_000);

afterAll(() => stage?.close());

it('a version is returned with a comment, which its author reads before writing it anew', async () => {
  const owner = await stage.app.as('owner');
  const [{ id }] = (await owner.get('/systems?owner=me')).body.items;
  const { body } = await owner.post(`/systems/${id}/procedures`, { title: '差し戻される手順', markdown: '# 復旧' });
  await owner.post(`/procedure-versions/${body.id}/submit`);
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/procedures/${body.id}`);
    await page.getByLabel(words('procedures.comment')).fill('連絡先がありません');
    await page.getByRole('button', { name: words('procedures.return') }).click();
    await page.getByText(words('procedureStatus.RETURNED'), { exact: true }).first().waitFor();
  });
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/procedures/${body.id}`);
    await page.getByText('連絡先がありません').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, 'procedures/returned');
    await page.getByRole('button', { name: words('procedures.submit') }).waitFor();
  });
});

describe('a procedure that is in force', () => {
  interface Found {
    systemId: string;
    procedureId: string;
    versionId: string;
  }
  /** One of the demo that was drilled by the version that is in force. */
  const drilled = async (): Promise<Found> => {
    const owner = await stage.app.as('owner');
    const { items } = (await owner.get('/systems?owner=me&limit=200')).body as { items: { id: string }[] };
    for (const { id: systemId } of items)
      for (const { id: procedureId, current } of (await owner.get(`/systems/${systemId}/procedures`)).body.items) {
        if (!current) continue;
        const { lastDrill } = (await owner.get(`/procedure-versions/${current.versionId}`)).body;
        if (lastDrill?.version) return { systemId, procedureId, versionId: current.versionId };
      }
    throw new Error('nothing in the demo was drilled');
  };

  it('is said to be right still, in the dialog of the duty', async () => {
    const owner = await stage.app.as('owner');
    const [{ id: systemId }] = (await owner.get('/systems?q=RYOHI')).body.items;
    // Another target opens the reviews again.
    const { headers } = await owner.get(`/systems/${systemId}`);
    expect((await owner.patch(`/systems/${systemId}`, { rto: 'PT3H' }, headers.get('etag'))).status).toBe(200);
    const due = (await owner.get(`/systems/${systemId}/obligations`)).body.items.find(
      ({ ruleKey }: { ruleKey: string }) => ruleKey === 'procedure-review',
    );
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}?tab=obligations&act=${due.id}`);
      const dialog = page.getByRole('dialog', { name: words('actionKind.REVIEW_PROCEDURE') });
      await dialog.getByLabel(words('review.performedOn')).fill('2026-11-23');
      await dialog.getByRole('radio', { name: words('review.result.PASSED') }).check({ force: true });
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: words('review.submit') }).click();
      await dialog.getByText(words('review.recorded')).waitFor();
      await keepPicture(page, 'procedures/still-right');
      await dialog
        .getByRole('button', { name: words('action.close') })
        .last()
        .click();
      await visit.open(`/systems/${systemId}?tab=procedures`);
      await page
        .getByText(words('procedures.lastReviewed', { date: '2026年11月23日（月）' }))
        .first()
        .waitFor();
    });
  });

  it('says so when the last drill was by an older version', async () => {
    const { systemId, procedureId, versionId } = await drilled();
    const owner = await stage.app.as('owner');
    const before = (await owner.get(`/procedure-versions/${versionId}`)).body;
    const { markdown, steps, contacts, launchCriteria, launchedBy } = before;
    const content = { markdown: `${markdown ?? ''}\n\n改訂`, steps, contacts, launchCriteria, launchedBy };
    const { status, body } = await owner.post(`/procedures/${procedureId}/versions`, content);
    expect([status, body.errors]).toEqual([201, undefined]);
    await owner.post(`/procedure-versions/${body.id}/submit`);
    await (await stage.app.as('manager')).post(`/procedure-versions/${body.id}/approve`, {});
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}/procedures/${versionId}`);
      expect(await page.getByText(words('procedures.drilledOlder')).count()).toBe(0);
      await visit.open(`/systems/${systemId}/procedures/${body.id}`);
      await page.getByText(words('procedures.drilledOlder')).waitFor();
      await page
        .getByText(new RegExp(`第${before.lastDrill.version}版によるもので、現在は第${body.version}版です`))
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'procedures/drilled-older');
    });
  });
});
