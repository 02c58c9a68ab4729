import { demoEmailOf } from '../support/app';
import { axeViolations } from '../support/axe';
import type { Answer } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import { PASSWORD } from '../support/world';

let stage: Stage;

// The page of groups is offered where an office's provider is set; nothing asks it here.
beforeAll(async () => {
  stage = await Stage.open('people', {
    PUBLIC_URL: 'http://127.0.0.1:9',
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: 'sonae',
    OIDC_CLIENT_SECRET: 'none',
  });
}, 120_000);

afterAll(() => stage?.close());

/** Somebody new, without a role. */
async function hire(displayName: string, email: string): Promise<string> {
  const admin = await stage.app.as('admin');
  const { status, body } = await admin.post('/users', { displayName, email, locale: 'ja', password: PASSWORD });
  expect(status).toBe(201);
  return body.id;
}

async function person(id: string): Promise<Answer['body']> {
  return (await (await stage.app.as('admin')).get(`/users/${id}`)).body;
}

async function idOf(name: 'admin' | 'owner'): Promise<string> {
  return (await (await stage.app.as(name)).get('/me')).body.user.id;
}

/** Chooses an organisation in the open dialog by typing a part of its name. */
async function chooseOrganisation({ page, words }: Visit, part: string): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('userFields.organisationId') })
    .click();
  await page.keyboard.type(part);
  await page.getByRole('option').filter({ hasText: part }).first().click();
}

describe('the people', () => {
  it('are narrowed by name, role and account, and each has a page', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/users');
      await page.getByRole('searchbox').fill('さくら');
      await page.getByRole('cell', { name: demoEmailOf('admin') }).waitFor({ state: 'detached' });
      expect(new URL(page.url()).searchParams.get('q')).toBe('さくら');
      await page.getByLabel(words('userFields.role'), { exact: true }).selectOption('AUDITOR');
      await page.getByText(words('users.noMatch')).waitFor();
      await page.getByRole('link', { name: words('action.clearFilters') }).click();
      await page.getByLabel(words('users.account'), { exact: true }).selectOption('false');
      await page.getByText(words('users.noMatch')).waitFor();
      await page.getByRole('link', { name: words('action.clearFilters') }).click();
      await page.getByRole('link', { name: '運用 さくら' }).click();
      await visit.settled('運用 さくら');
      await page.getByText(words('users.asOwner')).first().waitFor();
      await page.getByText(words('tokens.none')).waitFor();
    }));

  it('are given roles, and those are taken, by who administers there', async () => {
    const id = await hire('新任 花', 'shinnin@demo.example');
    await stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/users/${id}`);
      for (const role of ['BACKUP_OPERATOR', 'CONTRIBUTOR'] as const) {
        await page.getByRole('button', { name: words('users.addRole') }).click();
        const dialog = page.getByRole('dialog', { name: words('users.addRoleTitle', { name: '新任 花' }) });
        await dialog.getByRole('button', { name: words('users.addRoleSubmit') }).click();
        await dialog.getByRole('alert').waitFor();
        await dialog.getByRole('combobox').selectOption(role);
        await chooseOrganisation(visit, '産業支援局');
        expect(await axeViolations(page)).toEqual([]);
        await dialog.getByRole('button', { name: words('users.addRoleSubmit') }).click();
        await dialog.waitFor({ state: 'detached' });
        await page
          .getByRole('listitem')
          .filter({ hasText: words(`domain:role.${role}`) })
          .waitFor();
      }
      const held = (await person(id)).roles.map(({ role }: { role: string }) => role);
      expect(held).toEqual(['BACKUP_OPERATOR', 'CONTRIBUTOR']);

      const named = { role: words('domain:role.CONTRIBUTOR'), organisation: '産業支援局' };
      await page.getByRole('button', { name: words('users.takeRoleOf', named) }).click();
      const question = page.getByRole('alertdialog', { name: words('users.takeRoleTitle', named) });
      await question.getByRole('button', { name: words('users.takeRole') }).click();
      await question.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: words('users.takeRoleOf', named) }).waitFor({ state: 'detached' });
      expect((await person(id)).roles).toMatchObject([{ role: 'BACKUP_OPERATOR' }]);
    });
  });

  it('keep an administrator: the refusal is said where it was asked', async () => {
    const id = await idOf('admin');
    await stage.visit({ as: 'admin', refusals: ['422 PUT /users/:id/roles'] }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/users/${id}`);
      const named = { role: words('domain:role.ADMIN'), organisation: '見本省' };
      await page.getByRole('button', { name: words('users.takeRoleOf', named) }).click();
      const question = page.getByRole('alertdialog', { name: words('users.takeRoleTitle', named) });
      await question.getByRole('button', { name: words('users.takeRole') }).click();
      await question.getByText(words('domain:problem.LAST_ADMIN')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await question.getByRole('button', { name: words('action.cancel') }).click();
      expect(await page.getByRole('button', { name: words('users.close') }).count()).toBe(0);
    });
  });

  it('are edited, closed and opened again', async () => {
    const id = await hire('異動 歩', 'ido@demo.example');
    const theirs = stage.app.browser();
    expect((await theirs.post('/auth/login', { email: 'ido@demo.example', password: PASSWORD })).status).toBe(200);
    await stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/users/${id}`);
      await page.getByRole('button', { name: words('users.edit'), exact: true }).click();
      const dialog = page.getByRole('dialog', { name: words('users.editTitle', { name: '異動 歩' }) });
      await dialog.getByLabel(words('userFields.displayName')).fill('着任 歩');
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: words('action.save') }).click();
      await visit.settled('着任 歩');

      await page.getByRole('button', { name: words('users.close') }).click();
      const question = page.getByRole('alertdialog', { name: words('users.closeTitle', { name: '着任 歩' }) });
      await question.getByRole('button', { name: words('users.close') }).click();
      await page.getByText(words('users.closed'), { exact: true }).waitFor();
      expect((await theirs.get('/me')).status).toBe(401);
      await page.getByRole('button', { name: words('users.reopen') }).click();
      await page
        .getByRole('alertdialog', { name: words('users.reopenTitle', { name: '着任 歩' }) })
        .getByRole('button', { name: words('users.reopen') })
        .click();
      await page.getByText(words('users.open'), { exact: true }).waitFor();
      expect((await person(id)).active).toBe(true);
    });
  });

  it('are only read by who may not change them', async () => {
    const id = await idOf('owner');
    await stage.visit({ as: 'auditor' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/users');
      expect(await page.getByRole('link', { name: words('groups.title') }).count()).toBe(0);
      await visit.open(`/users/${id}`);
      await page.getByText(words('users.asOwner')).first().waitFor();
      for (const word of ['users.edit', 'users.close', 'users.addRole', 'users.takeRole'])
        expect([word, await page.getByRole('button', { name: words(word), exact: true }).count()]).toEqual([word, 0]);
      expect(await page.getByRole('heading', { name: words('tokens.title') }).count()).toBe(0);
      await visit.open('/users/groups');
      await visit.settled(words('problem.notPermitted'));
    });
  });
});

describe('the API tokens of somebody', () => {
  it('are revoked by the administrator', async () => {
    const owner = await stage.app.as('owner');
    const token = { name: '夜間連携', scopes: ['systems:read'], expiresOn: '2027-03-31' };
    const { body } = await owner.post('/api-tokens', token);
    const id = await idOf('owner');
    await stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/users/${id}`);
      await page.getByRole('button', { name: words('tokens.revokeOf', { name: '夜間連携' }) }).click();
      await keepPicture(page, 'people/revoke');
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: words('tokens.revoke') })
        .click();
      await page.getByText(words('tokens.none')).waitFor();
      const program = stage.app.browser();
      expect((await program.get('/systems', { authorization: `Bearer ${body.secret}` })).status).toBe(401);
    });
  });
});

describe('groups of the office’s provider', () => {
  it('are given a role, and lose it', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/users');
      await page.getByRole('link', { name: words('groups.title') }).click();
      await visit.settled(words('groups.title'));
      await page
        .getByRole('button', { name: words('groups.add') })
        .first()
        .click();
      const dialog = page.getByRole('dialog', { name: words('groups.add') });
      await dialog.getByLabel(words('groups.group')).fill('sonae-operators');
      await dialog.getByRole('combobox').selectOption('BACKUP_OPERATOR');
      await chooseOrganisation(visit, '大臣官房');
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: words('groups.addSubmit') }).click();
      const row = page.getByRole('row').filter({ hasText: 'sonae-operators' });
      await row.getByText('大臣官房').waitFor();
      await keepPicture(page, 'people/groups');
      const named = { group: 'sonae-operators', role: words('domain:role.BACKUP_OPERATOR') };
      await page.getByRole('button', { name: words('groups.removeOf', named) }).click();
      await page
        .getByRole('alertdialog', { name: words('groups.removeTitle', named) })
        .getByRole('button', { name: words('groups.remove') })
        .click();
      await page.getByText(words('groups.empty')).waitFor();
      expect((await (await stage.app.as('admin')).get('/oidc/group-mappings')).body.mappings).toEqual([]);
    }));
});
