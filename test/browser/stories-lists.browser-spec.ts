import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('lists');
}, 120_000);

afterAll(() => stage?.close());

const LOCALES = ['ja', 'en'] as const;

it.each(LOCALES)(
  'in %s, many systems are changed at once, by keyboard, after a look at what would change',
  async (locale) => {
    await stage.speak(locale, 'manager');
    const supplier = `まとめ社 ${locale}`;
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/systems?lifecycle=OPERATING');
      const boxes = page.getByRole('cell').getByRole('checkbox');
      await boxes.first().focus();
      await page.keyboard.press('Space');
      await page.getByText(words('bulk.selected', { count: 1 })).waitFor();
      await page.getByRole('button', { name: /^(該当する|Select all)/ }).click();
      const total = await boxes.count();
      await page.getByText(words('bulk.selected', { count: total })).waitFor();
      await keepPicture(page, `lists/selected-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words('bulk.edit') }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: words('bulk.title', { count: total }) });
      await dialog.getByRole('checkbox', { name: words('systemFields.supplier') }).focus();
      await page.keyboard.press('Space');
      await dialog.getByRole('textbox', { name: words('systemFields.supplier') }).fill(supplier);
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: words('bulk.toPreview') }).click();
      await dialog.getByText(words('bulk.sum', { changing: total, unchanged: 0, refused: 0 })).waitFor();
      await keepPicture(page, `lists/preview-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByText(words('bulk.done', { count: total })).waitFor();
      await page.getByText(words('bulk.selected', { count: 0 })).waitFor();
    });
    const { items } = (await (await stage.app.as('manager')).get('/systems?lifecycle=OPERATING&limit=1')).body;
    const { body } = await (await stage.app.as('manager')).get(`/systems/${items[0].id}`);
    expect(body.supplier).toBe(supplier);
  },
);

it.each(LOCALES)(
  'in %s, a list is exported as it is filtered, with a warning of what Shift_JIS lacks',
  async (locale) => {
    await stage.speak(locale, 'manager');
    const admin = await stage.app.as('admin');
    const { items } = (await admin.get('/organisations?q=MIHON-IND')).body;
    const fields = { code: `YOSHI-${locale}`, name: `𠮷野 ${locale}`, organisationId: items[0].id, tier: 'LOW' };
    expect((await admin.post('/systems', fields)).status).toBe(201);
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems?q=${encodeURIComponent(fields.code)}`);
      const menu = page.getByRole('button', { name: words('export.menu') });
      await menu.click();
      expect(await axeViolations(page)).toEqual([]);
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: words('export.format.xlsx') }).click();
      expect((await download).suggestedFilename()).toMatch(/^systems-.*\.xlsx$/);
      await menu.click();
      await page.getByRole('menuitem', { name: words('export.format.cp932') }).click();
      const dialog = page.getByRole('dialog', { name: words('export.lossTitle') });
      await dialog.getByText('𠮷').first().waitFor();
      await keepPicture(page, `lists/losses-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
      const again = page.waitForEvent('download');
      await dialog.getByRole('button', { name: words('export.anyway') }).click();
      expect((await again).suggestedFilename()).toMatch(/^systems-.*\.csv$/);
    });
  },
);

it.each(LOCALES)(
  'in %s, who was reminded of what is found by person, and every such list is exported',
  async (locale) => {
    await stage.speak(locale, 'manager');
    const manager = await stage.app.as('manager');
    await eventually(
      async () => JSON.stringify((await manager.get('/reminders?status=SENT&limit=200')).body),
      (sent) => sent.includes('統括 花子') && sent.includes('運用 さくら'),
      60_000,
    );
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await page.getByRole('link', { name: words('nav.reminders'), exact: true }).click();
      await visit.settled(words('reminders.title'));
      await page.getByRole('combobox', { name: words('reminders.status') }).selectOption('SENT');
      await page.getByRole('button', { name: words('reminders.recipient') }).click();
      await page.getByRole('option', { name: '統括 花子' }).click();
      await page.waitForURL(/status=SENT&recipientId=|recipientId=.*status=SENT/);
      await page.getByRole('row', { name: '統括 花子' }).first().waitFor();
      await page.getByRole('row', { name: '運用 さくら' }).first().waitFor({ state: 'detached' });
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `lists/reminders-${locale}`);
      for (const [path, name] of [
        [null, 'reminders'],
        ['/drills', 'drills'],
        ['/backup-profiles', 'backup-profiles'],
        ['/organisations', 'organisations'],
      ] as const) {
        if (path) await visit.open(path);
        await page.getByRole('button', { name: words('export.menu') }).click();
        const download = page.waitForEvent('download');
        await page.getByRole('menuitem', { name: words('export.format.csv') }).click();
        expect((await download).suggestedFilename()).toMatch(new RegExp(`^${name}-2026.*\\.csv$`));
      }
    });
    const [event] = await stage.app.dataSource.query(
      `SELECT after FROM audit_event WHERE action = 'list.exported' AND after ->> 'list' = 'reminders' ORDER BY at DESC, id DESC LIMIT 1`,
    );
    expect(event.after.filter).toMatchObject({ status: ['SENT'], recipientId: expect.any(String) });
  },
);
