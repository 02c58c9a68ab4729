import { axeViolations } from '../support/axe';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('tiers');
}, 120_000);

afterAll(() => stage?.close());

describe('another tier', () => {
  it('is asked for by one person, and waits until another one approves', async () => {
    await stage.visit({ as: 'owner' }, async ({ page, words, open, settled }) => {
      await open('/systems?q=BUNSHO');
      await page.getByRole('link', { name: '文書管理システム' }).click();
      await settled('文書管理システム');
      await page.getByRole('tab', { name: words('systemTabs.details') }).click();
      await page.getByRole('button', { name: words('tierChanges.request') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: words('domain:tier.LOW'), exact: true }).check({ force: true });
      await dialog.getByLabel(words('tierChanges.reason')).fill('紙の手続きに戻せる');
      await dialog.getByRole('button', { name: words('tierChanges.requestSubmit') }).click();
      await page.getByText(words('tierChangeStatus.REQUESTED')).first().waitFor();
      expect(await page.getByRole('button', { name: words('tierChanges.request') }).count()).toBe(0);
    });
    await stage.visit({ as: 'manager' }, async ({ page, words, open }) => {
      await open('/me');
      const row = page.getByRole('listitem').filter({ hasText: '紙の手続きに戻せる' });
      const approve = words('tierChanges.decide.approve');
      await row.getByRole('button', { name: approve }).press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: approve, exact: true }).click();
      await row.waitFor({ state: 'detached' });
      await row.page().getByText(words('tierChanges.waiting')).first().waitFor();
    });
    const { body } = await (await stage.app.as('manager')).get('/systems?q=BUNSHO');
    expect(body.items[0].tier).toBe('LOW');
  });
});

describe.each(['ja', 'en'] as const)('another tier, in %s', (locale) => {
  it('is no longer asked for once who asked has taken it back, which is asked before', async () => {
    const owner = await stage.app.as('owner');
    const system = (await owner.get('/systems?q=RYOHI')).body.items[0];
    const reason = `繁忙期だけ使う ${locale}`;
    expect((await owner.post(`/systems/${system.id}/tier-changes`, { tier: 'LOW', reason })).status).toBe(201);
    await stage.speak(locale, 'owner');
    await stage.visit({ as: 'owner', locale }, async ({ page, words, open }) => {
      await open(`/systems/${system.id}?tab=details`);
      const named = {
        step: words('tierChanges.decide.withdraw'),
        system: (locale === 'en' && system.nameEn) || system.name,
      };
      const row = page.getByRole('listitem').filter({ hasText: reason });
      const withdraw = row.getByRole('button', { name: words('tierChanges.of', named) });
      await withdraw.click();
      const question = page.getByRole('alertdialog', { name: words('tierChanges.title.withdraw') });
      await question.getByText(words('tierChanges.withdrawText')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await question.getByRole('button', { name: words('action.cancel') }).click();
      await question.waitFor({ state: 'detached' });
      await withdraw.click();
      await question.getByRole('button', { name: words('tierChanges.title.withdraw') }).click();
      await page.getByText(words('tierChanges.done.withdraw')).waitFor();
      await withdraw.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: words('tierChanges.request') }).waitFor();
    });
  });
});

describe('the share of met obligations', () => {
  it('is that of the figures beside it, on the dashboard, in the list and on the page of a system', async () => {
    const shares = (text: string, pattern: RegExp): [number, number][] =>
      [...text.matchAll(pattern)].map(({ groups }) => [
        Number(groups?.percent),
        Math.floor((100 * Number(groups?.met)) / Number(groups?.of)),
      ]);
    await stage.visit({ as: 'manager' }, async ({ page, open, words }) => {
      await open('/');
      const main = page.getByRole('main');
      await main.getByText('（').first().waitFor();
      const ofTiers = shares(await main.innerText(), /(?<percent>\d+)[%％]\s*（(?<met>\d+)／(?<of>\d+)）/g);
      expect(ofTiers.length).toBe(3);
      expect(ofTiers.map(([percent]) => percent)).toEqual(ofTiers.map(([, counted]) => counted));

      const { body } = await (await stage.app.as('manager')).get('/systems?limit=200');
      const soon = body.items.find(({ counts }: { counts: { dueSoon: number } }) => counts.dueSoon > 0);
      const { met, dueSoon, applicable } = soon.counts;
      await open(`/systems?q=${soon.code}`);
      await page.getByRole('cell', { name: `${met + dueSoon} / ${applicable}`, exact: true }).waitFor();
      await page.getByRole('link', { name: soon.name }).first().click();
      const percent = new Intl.NumberFormat('ja', { style: 'percent' }).format(
        Math.floor((100 * (met + dueSoon)) / applicable) / 100,
      );
      await page.getByText(words('verdict.met', { met: met + dueSoon, applicable, percent })).waitFor();
    });
  });
});
