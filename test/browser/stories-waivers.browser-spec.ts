import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Locator } from 'playwright-core';
import { axeViolations } from '../support/axe';
import type { Answer } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';
import type { Locale } from '../support/words';

/** The last day of what was renewed, as people read it. */
const RENEWED_UNTIL = { ja: '2027年1月31日（日）', en: 'Sun, 31 Jan 2027' };

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('waivers');
}, 120_000);

afterAll(() => stage?.close());

/** Something open of the owner's that may be waived. */
async function owed(): Promise<{ id: string; ruleTitle: string; system: { id: string; name: string } }> {
  const owner = await stage.app.as('owner');
  const { items } = (await owner.get('/obligations?state=UNKNOWN,DUE_SOON&owner=me&limit=200')).body;
  return items.find(({ waivable, improvementItem }: Answer['body']) => waivable && !improvementItem);
}

/** What a control says of itself beyond its name: its hint, and what is wrong with it. */
async function toldAt(control: Locator): Promise<string> {
  const ids = (await control.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const texts = ids.map((id) => control.page().locator(`[id="${id}"]`).allInnerTexts());
  return (await Promise.all(texts)).flat().join(' ');
}

/** Days that are refused, each with what is said of it. */
const REFUSALS = {
  ja: { '2026-11-22': '過去の日付は指定できません。', '2029-01-31': '例外措置の期限は 2027' },
  en: { '2026-11-22': 'It must not be in the past.', '2029-01-31': 'A waiver of this system ends on ' },
};

/** That it is in force no longer. */
const NO = { ja: 'いいえ', en: 'No' };

/** The name of a system as the pages have it. */
async function nameOf(systemId: string, locale: Locale): Promise<string> {
  const { name, nameEn } = (await (await stage.app.as('owner')).get(`/systems/${systemId}`)).body;
  return locale === 'en' ? nameEn : name;
}

/** The classes of a status, among them its colours. */
const lookOf = (tag: Locator): Promise<string | null> => tag.first().getAttribute('class');

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'owner', 'manager'));

  it('an owner asks for a waiver, a manager grants it, and it is revoked with the true state back', async () => {
    const owner = await stage.app.as('owner');
    const { items } = (await owner.get('/obligations?state=OVERDUE,FAILED,UNKNOWN,DUE_SOON&owner=me&limit=200')).body;
    const open = items.find(({ backupRequirement }: { backupRequirement: unknown }) => backupRequirement === null);
    const { id, state, ruleTitle, system } = open as {
      id: string;
      state: string;
      ruleTitle: string;
      system: { id: string; name: string };
    };
    const measure = `毎週、手作業で写しを取る ${locale}`;
    const { items: agencies } = (await owner.get('/organisations?q=INSPECT')).body;
    await stage.visit(
      { as: 'owner', locale, refusals: Array(2).fill('422 POST /obligations/:id/waivers') },
      async (visit) => {
        const { page, words } = visit;
        await visit.open(`/waivers?organisationId=${agencies[0].id}`);
        await page.getByText(words('waivers.none')).waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await visit.open(`/systems/${system.id}`);
        await page
          .getByRole('button', { name: words('waivers.requestFor', { rule: ruleTitle }) })
          .first()
          .click();
        const dialog = page.getByRole('dialog', { name: words('waivers.request') });
        await dialog.getByLabel(words('waivers.reason')).fill('更改の途中である');
        await dialog.getByLabel(words('waivers.compensatingMeasure')).fill(measure);
        const day = dialog.getByLabel(words('waivers.expiresOn'));
        // What the service refuses of the day is told at its field, in the language of the reader.
        for (const [expiresOn, refusal] of Object.entries(REFUSALS[locale])) {
          await day.fill(expiresOn);
          await dialog.getByRole('button', { name: words('waivers.submit') }).click();
          await dialog.getByRole('alert').getByRole('link', { name: refusal }).waitFor();
          expect(await toldAt(day)).toContain(refusal);
          await keepPicture(page, `waivers/${locale}/refused-${expiresOn}`);
        }
        await day.fill('2027-01-31');
        expect(await axeViolations(page)).toEqual([]);
        await dialog.getByRole('button', { name: words('waivers.submit') }).click();
        await page.getByText(words('waivers.requested')).waitFor();
      },
    );
    await stage.visit({ as: 'manager', locale, context: { acceptDownloads: true } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/waivers?status=REQUESTED');
      const item = page.getByRole('listitem').filter({ hasText: measure });
      await keepPicture(page, `waivers/${locale}/waiting`);
      const shown = await nameOf(system.id, locale);
      const step = (key: string) =>
        item.getByRole('button', { name: words('waivers.of', { step: words(key), rule: ruleTitle, system: shown }) });
      await step('waivers.decide.approve').click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: words('waivers.decide.approve'), exact: true })
        .click();
      await page.getByText(words('waivers.done.approve')).waitFor();
      await visit.open('/waivers');
      await item.getByText(words('waiverStatus.APPROVED'), { exact: true }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await step('waivers.decide.revoke').click();
      const dialog = page.getByRole('dialog', { name: words('waivers.title.revoke') });
      const revoke = dialog.getByRole('button', { name: words('waivers.decide.revoke'), exact: true });
      await revoke.click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel(words('waivers.why')).fill('更改が終わった');
      await revoke.click();
      await item.getByText(words('waiverStatus.REVOKED'), { exact: true }).waitFor();
      await step('audit.history').click();
      await item.getByText(words('auditAction.waiver.revoked')).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      const { items: after } = (await owner.get(`/obligations?systemId=${system.id}&limit=200`)).body;
      expect(after.find((one: Answer['body']) => one.id === id).state).toBe(state);

      // The file holds what the filter shows, in the words of the reader.
      await visit.open('/waivers?status=REVOKED');
      await item.waitFor();
      await page.getByRole('button', { name: words('export.menu') }).click();
      const csv = page.getByRole('menuitem', { name: words('export.format.csv') });
      const [saved] = await Promise.all([page.waitForEvent('download'), csv.click()]);
      expect(saved.suggestedFilename()).toMatch(/^waivers-2026.*\.csv$/);
      const rows: Record<string, string>[] = parse(await readFile(await saved.path()), { bom: true, columns: true });
      expect(rows).toHaveLength(await page.getByRole('main').getByRole('heading', { level: 3 }).count());
      const row = Object.values(rows.find((one) => Object.values(one).includes(measure)) ?? {});
      expect(row.slice(0, 4)).toEqual([words('waiverStatus.REVOKED'), NO[locale], '2027-01-31', ruleTitle]);
      const said = [shown, '更改の途中である', '運用 さくら', '責任 一郎', '更改が終わった'];
      expect(row).toEqual(expect.arrayContaining(said));
    });
  });

  it('what is waived is renewed before it ends, from where its notice leads, and is decided on one’s own page', async () => {
    const [owner, manager] = [await stage.app.as('owner'), await stage.app.as('manager')];
    const { id, ruleTitle, system } = await owed();
    const fields = { reason: '更改中', compensatingMeasure: '毎週、手で写しを取る', expiresOn: '2026-12-10' };
    const first = (await owner.post(`/obligations/${id}/waivers`, fields)).body.id;
    expect((await manager.post(`/waivers/${first}/approve`, {})).status).toBe(200);
    const measure = `二人で写しを取る ${locale}`;
    const late = ['422 POST /obligations/:id/waivers'];
    await stage.visit({ as: 'owner', locale, refusals: late }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/me');
      const renew = page.getByRole('button', { name: words('waivers.renewFor', { rule: ruleTitle }) });
      await renew.first().waitFor({ state: 'attached' });
      await visit.open(`/systems/${system.id}?tab=obligations&act=${id}`);
      const dialog = page.getByRole('dialog', { name: words('waivers.renew') });
      await dialog.getByText(words('waivers.renewText')).waitFor();
      await dialog.getByLabel(words('waivers.reason')).fill('更改が延びた');
      await dialog.getByLabel(words('waivers.compensatingMeasure')).fill(measure);
      await dialog.getByLabel(words('waivers.expiresOn')).fill('2029-01-31');
      await dialog.getByRole('button', { name: words('waivers.submit') }).click();
      // The limit of the tier is told at the field of the day.
      await dialog.getByRole('alert').getByRole('link').click();
      await dialog.getByLabel(words('waivers.expiresOn')).and(page.locator(':focus')).waitFor();
      await keepPicture(page, `waivers/${locale}/renewal`);
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByLabel(words('waivers.expiresOn')).fill('2027-01-31');
      await dialog.getByRole('button', { name: words('waivers.submit') }).click();
      await page.getByText(words('waivers.requested')).waitFor();
    });
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/me');
      const waiting = page.getByRole('listitem').filter({ hasText: measure });
      await waiting.getByText(words('waivers.renewed', { count: 1 })).waitFor();
      await keepPicture(page, `waivers/${locale}/waiting-for-me`);
      expect(await axeViolations(page)).toEqual([]);
      await waiting.getByRole('button', { name: new RegExp(words('waivers.decide.approve')) }).click();
      const dialog = page.getByRole('dialog', { name: words('waivers.title.approve') });
      await dialog.getByRole('button', { name: words('waivers.decide.approve'), exact: true }).click();
      await page.getByText(words('waivers.done.approve')).waitFor();
      await waiting.waitFor({ state: 'detached' });
      await visit.open('/waivers');
      const granted = page.getByRole('listitem').filter({ hasText: measure });
      await granted.getByText(words('waivers.until', { date: RENEWED_UNTIL[locale] })).waitFor();
      expect(await lookOf(granted.getByText(words('waiverStatus.APPROVED')))).toMatch(/bg-waived(?!.*bg-met)/);
      await keepPicture(page, `waivers/${locale}/list`);
    });
    expect((await owner.get(`/obligations?state=WAIVED&systemId=${system.id}`)).body.items).toContainEqual(
      expect.objectContaining({ id, dueOn: '2027-01-31' }),
    );
  });

  it('a request is taken back by who made it, and another is rejected with the reason', async () => {
    const owner = await stage.app.as('owner');
    const { id, ruleTitle, system } = await owed();
    const [mine, theirs] = [`取り下げる措置 ${locale}`, `却下される措置 ${locale}`];
    const fields = { reason: '更改中', expiresOn: '2026-12-10' };
    const ask = async (compensatingMeasure: string) =>
      expect((await owner.post(`/obligations/${id}/waivers`, { ...fields, compensatingMeasure })).status).toBe(201);
    await ask(mine);
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/waivers?status=REQUESTED');
      const asked = page.getByRole('listitem').filter({ hasText: mine });
      const withdraw = asked.getByRole('button', { name: new RegExp(words('waivers.decide.withdraw')) });
      await withdraw.click();
      const question = page.getByRole('alertdialog', { name: words('waivers.title.withdraw') });
      await question.getByText(words('waivers.withdrawText')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await question.getByRole('button', { name: words('action.cancel') }).click();
      await question.waitFor({ state: 'detached' });
      await asked.getByText(words('waiverStatus.REQUESTED'), { exact: true }).waitFor();
      await withdraw.click();
      await question.getByRole('button', { name: words('waivers.title.withdraw') }).click();
      await page.getByText(words('waivers.done.withdraw')).waitFor();
      await asked.waitFor({ state: 'detached' });
    });
    await ask(theirs);
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/waivers?status=REQUESTED');
      const step = words('waivers.decide.reject');
      await page
        .getByRole('button', {
          name: words('waivers.of', { step, rule: ruleTitle, system: await nameOf(system.id, locale) }),
        })
        .click();
      const dialog = page.getByRole('dialog', { name: words('waivers.title.reject') });
      const reject = dialog.getByRole('button', { name: step, exact: true });
      await reject.click();
      // Why is asked for, and leads to its field.
      await dialog.getByRole('alert').getByRole('link').click();
      await dialog.getByLabel(words('waivers.why')).and(page.locator(':focus')).waitFor();
      await dialog.getByLabel(words('waivers.why')).fill('措置が足りない');
      expect(await axeViolations(page)).toEqual([]);
      await reject.click();
      await page.getByText(words('waivers.done.reject')).waitFor();
    });
    await stage.visit({ as: 'owner', locale }, async ({ open, page, words }) => {
      await open('/waivers?status=REJECTED');
      const told = page.getByRole('listitem').filter({ hasText: theirs });
      await told.getByText('措置が足りない').waitFor();
      await told.getByText(words('waiverStatus.REJECTED'), { exact: true }).waitFor();
    });
  });
});

it('people who may not ask for one are not offered it', () =>
  stage.visit({ as: 'auditor' }, async (visit) => {
    await visit.open('/obligations');
    expect(await visit.page.getByRole('button', { name: visit.words('waivers.request') }).count()).toBe(0);
  }));
