import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

/** What the sweep takes before it runs. */
const SWEEP_LOCK = 7_266_301;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('stopped-worker');
}, 120_000);

afterAll(() => stage?.close());

it('the readiness page says that the worker stands still, since when and what it means, and nothing once it runs again', async () => {
  const client = await stage.app.as('manager');
  const stopped = async (): Promise<boolean> => (await client.get('/readiness/sweep')).body.stopped;
  await eventually(stopped, (is) => !is, 60_000);
  const holder = stage.app.dataSource.createQueryRunner();
  await holder.query('SELECT pg_advisory_lock($1)', [SWEEP_LOCK]);
  try {
    stage.app.clock.set(new Date(stage.app.clock.now().getTime() + 10 * 60_000).toISOString());
    for (const locale of ['ja', 'en'] as const) {
      await stage.speak(locale, 'manager');
      await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
        await open('/');
        const notice = page.getByRole('alert').filter({ hasText: words('stoppedWorker.title') });
        await notice.getByText(words('stoppedWorker.means')).waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepPicture(page, `stopped-worker/${locale}`);
      });
    }
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK]);
    await holder.release();
  }
  await eventually(stopped, (is) => !is, 60_000);
  await stage.visit({ as: 'manager', locale: 'en' }, async ({ page, words, open }) => {
    await open('/');
    expect(await page.getByText(words('stoppedWorker.title')).count()).toBe(0);
  });
}, 180_000);
