import { axeViolations } from '../support/axe';
import { choose, hasFocus, missing, press, tabTo, tick, type } from '../support/keyboard';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** Backup requirements and profiles, from end to end without a mouse. */

// Each press is a round trip to the browser.
const LONG = 180_000;
const PROFILE = '業務DB 日次・35日・2拠点とオフライン';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('keyboard backups');
}, 120_000);

afterAll(() => stage?.close());

async function look({ page }: Visit, name: string): Promise<void> {
  // What Tab has scrolled under the header that stays would count as too small.
  await page.evaluate('window.scrollTo(0, 0)');
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `keyboard/${name}`);
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  // A system has a dataset once.
  const dataset = locale === 'ja' ? '書庫' : 'Archive';
  beforeAll(() => stage.speak(locale, 'owner', 'admin'));
  const name = locale === 'ja' ? '週次・1年・1拠点' : 'Weekly, a year, one site';

  it(
    'a backup requirement is declared from a profile and given a copy more',
    async () => {
      const owner = await stage.app.as('owner');
      const { id } = (await owner.get('/systems?q=RYOHI')).body.items[0];
      const dataset = locale === 'ja' ? '図面' : 'Drawings';
      await stage.visit({ as: 'owner', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open(`/systems/${id}?tab=backups`);
        await press(visit, page.getByRole('link', { name: words('backups.declare') }));
        await visit.settled(words('backups.declare'));
        const save = page.getByRole('button', { name: words('backups.saveDraft') });
        await missing(visit, save, page.locator('#field-dataset'));
        await page.keyboard.insertText(dataset);
        await choose(visit, page.getByRole('button', { name: words('backups.fromProfile') }), PROFILE);
        const unit = page.getByLabel(words('duration.unitOf', { label: words('backupFields.retention') }));
        await tabTo(visit, unit);
        await page.keyboard.press('ArrowDown');
        expect(await unit.inputValue()).toBe('months');
        const copies = page.locator('section fieldset');
        const before = await copies.count();
        const add = page.getByRole('button', { name: words('backups.addCopy') });
        await press(visit, add);
        await page.keyboard.press('Enter');
        await type(visit, page.locator(`[name="copies.${before}.site"]`), '大阪');
        await type(visit, page.locator(`[name="copies.${before}.medium"]`), 'テープ');
        const offline = copies.nth(before).getByRole('checkbox', { name: words('backups.protection.offline') });
        await tick(visit, offline);
        expect(await offline.isChecked()).toBe(true);
        await press(visit, page.getByRole('button', { name: words('backups.removeCopy', { number: before + 2 }) }));
        // The focus goes on with the copy before.
        await hasFocus(visit, page.locator(`[name="copies.${before}.site"]`));
        expect(await copies.count()).toBe(before + 1);
        await look(visit, `${locale}-requirement`);
        await press(visit, save);
        await page.getByText(words('backups.saved')).waitFor();
        await page.locator('main:focus').waitFor();
        await press(visit, page.getByRole('link', { name: dataset }));
        await visit.settled(dataset);
        await page.getByText('大阪').waitFor();
      });
    },
    LONG,
  );

  it(
    'a profile is made',
    () =>
      stage.visit({ as: 'admin', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open('/backup-profiles');
        await press(visit, page.getByRole('link', { name: words('backupProfiles.make') }));
        await visit.settled(words('backupProfiles.make'));
        const save = page.getByRole('button', { name: words('backupProfiles.makeSubmit') });
        await missing(visit, save, page.locator('#field-name'));
        await page.keyboard.insertText(name);
        const organisation = words('backupProfiles.organisation');
        const ministry = locale === 'ja' ? '見本省' : 'Ministry of Samples';
        await choose(visit, page.getByRole('button', { name: organisation }), ministry);
        await type(visit, page.locator('#field-method'), 'FULL');
        for (const [field, amount, unit] of [
          ['interval', '7', 'days'],
          ['rpo', '7', 'days'],
          ['retention', '1', 'years'],
        ] as const) {
          const label = words(`backupFields.${field}`);
          await type(visit, page.getByLabel(words('duration.amountOf', { label })), amount);
          const units = page.getByLabel(words('duration.unitOf', { label }));
          await tabTo(visit, units);
          await page.keyboard.press('End');
          expect(await units.inputValue()).toBe(unit);
        }
        await type(visit, page.locator('[name="copies.0.site"]'), '東京');
        await type(visit, page.locator('[name="copies.0.medium"]'), 'ディスク');
        await tick(visit, page.getByRole('checkbox', { name: words('backups.protection.encrypted') }));
        await look(visit, `${locale}-profile`);
        await press(visit, save);
        await visit.settled(name);
        await page.getByText(words('backupProfiles.made')).waitFor();
        await page.locator('main:focus').waitFor();
      }),
    LONG,
  );

  it(
    'a profile is attached to a system, after a look at what that does',
    () =>
      stage.visit({ as: 'admin', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open('/backup-profiles');
        await press(visit, page.getByRole('link', { name }));
        await visit.settled(name);
        const open = page.getByRole('button', { name: words('backupProfiles.attach') }).first();
        await press(visit, open);
        const dialog = page.getByRole('dialog', { name: words('backupProfiles.attachTitle', { name }) });
        const preview = dialog.getByRole('button', { name: words('backupProfiles.preview') });
        await missing(visit, preview, dialog.locator('#field-dataset'));
        await page.keyboard.insertText(dataset);
        await tick(visit, dialog.getByRole('checkbox', { name: 'BUNSHO' }));
        await dialog.getByText(words('backupProfiles.chosen', { count: 1 })).waitFor();
        await press(visit, preview);
        await dialog.getByText(words('backupProfiles.outcomeCount.NEW', { count: 1 })).waitFor();
        // The form that had the focus is gone: the dialog keeps it, and Escape is still its key.
        await dialog.locator(':focus').waitFor();
        await look(visit, `${locale}-attach`);
        await page.keyboard.press('Escape');
        const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
        await press(visit, question.getByRole('button', { name: words('unsaved.stay') }));
        await question.waitFor({ state: 'detached' });
        await press(visit, dialog.getByRole('button', { name: words('backupProfiles.back') }));
        await dialog.locator(':focus').waitFor();
        expect(await dialog.locator('#field-dataset').inputValue()).toBe(dataset);
        await press(visit, preview);
        await press(visit, dialog.getByRole('button', { name: words('backupProfiles.attach') }));
        await page.getByText(words('backupProfiles.attached', { count: 1 })).waitFor();
        await hasFocus(visit, open);
        await page.getByText(words('backupProfiles.usedBy', { followers: '1', detached: '0' })).waitFor();
      }),
    LONG,
  );
});
