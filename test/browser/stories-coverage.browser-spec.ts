import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('coverage');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'a manager sees how many systems have backups that can be relied on, and which lack them, in %s',
  async (locale) => {
    const manager = await stage.app.as('manager');
    const { headers } = await manager.get('/me');
    await manager.patch('/me', { locale }, headers.get('etag'));
    const { figures } = (await manager.get('/readiness/coverage')).body;
    await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
      for (const { key, covered, of, missingList } of figures) {
        expect(of).toBeGreaterThan(covered);
        await open('/');
        const table = page.getByRole('table', { name: words('coverage.title') });
        const row = table.getByRole('row').filter({ hasText: words(`coverage.${key}.text`) });
        await row.waitFor();
        const cells = await row.getByRole('cell').allTextContents();
        expect(cells.slice(1)).toEqual([`${covered}`, `${of}`, `${of - covered}`]);
        if (key === 'BACKUP') {
          await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepPicture(page, `coverage/readiness-${locale}`);
        }
        await row.getByRole('link').last().click();
        await page.waitForURL(new RegExp(`/systems.*coverage=${missingList}`));
        const list = page.getByRole('table', { name: words('systems.title') });
        await list
          .getByRole('row')
          .nth(of - covered)
          .waitFor();
        expect(await list.getByRole('row').count()).toBe(of - covered + 1);
        expect(await page.getByLabel(words('coverage.filter')).inputValue()).toBe(missingList);
      }
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `coverage/systems-${locale}`);
    });
  },
);
