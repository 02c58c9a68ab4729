import { issueMailLinks } from '../../src/access/mail-links/issue-mail-links';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('mail link');
}, 120_000);

afterAll(() => stage?.close());

/** A contributor who deputises for a system that has contacts to confirm, and the secret of the link in their mail. */
async function linkOfContributor(): Promise<string> {
  const admin = await stage.app.as('admin');
  const system = (await admin.get('/systems?q=KYUYO')).body.items[0];
  const role = { role: 'CONTRIBUTOR', organisationId: system.organisation.id };
  const person = { email: 'ayumi@demo.example', displayName: '実施 歩', roles: [role] };
  const userId = (await admin.post('/users', person)).body.id as string;
  const { version } = (await admin.get(`/systems/${system.id}`)).body;
  await admin.patch(`/systems/${system.id}`, { deputyId: userId }, `"${version}"`);
  const [obligation] = await stage.app.database.query<{ obligationId: string; occurrence: string }>(
    `SELECT id AS "obligationId", occasion->>'occurrence' AS occurrence FROM obligation
     WHERE system_id = $1 AND rule_key = 'contacts-confirmed'`,
    [system.id],
  );
  if (!obligation) throw new Error('the demo has no contacts to confirm');
  const owed = [{ ...obligation, evidenceKind: 'REVIEW' }];
  const { dataSource, clock } = stage.app;
  const links = await issueMailLinks(dataSource.manager, userId, owed, clock.now());
  return links.get(obligation.obligationId) as string;
}

describe('who comes by the link of a mail', () => {
  it('proves the one obligation without signing in, and the address no longer tells the secret', async () => {
    const secret = await linkOfContributor();
    await stage.visit({}, async ({ page, words, open, troubles }) => {
      await open(`/link#${secret}`);
      await page.getByRole('heading', { name: words('link.title') }).waitFor();
      const send = page.getByRole('button', { name: words('evidence.send') });
      await send.waitFor();
      expect(new URL(page.url()).hash).toBe('');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'stories/mail-link');
      await page.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true }).check({ force: true });
      await page.getByLabel(words('evidenceFields.performedAt')).fill('2026-11-22T10:00');
      await send.click();
      await page.getByText(words('evidence.recorded')).first().waitFor();
      expect(troubles).toEqual([]);
    });
  });
});
