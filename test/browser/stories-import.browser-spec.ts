import type { Locator } from 'playwright-core';
import { demoEmailOf } from '../support/app';
import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { csvOf, register } from '../support/imports';
import { keepPicture } from '../support/screenshots';
import { type SmtpServer, startSmtpServer } from '../support/smtp';
import { Stage, type Visit } from '../support/stage';
import { stopwatch } from '../support/stopwatch';

const REGISTER = 'jp-rs2024-systems.cp932.csv';
const PATIENCE_MS = 120_000;

let smtp: SmtpServer;
let stage: Stage;
let ofDemo: string[];

beforeAll(async () => {
  smtp = await startSmtpServer();
  stage = await Stage.open('import', { SMTP_URL: smtp.url, SESSION_IDLE_HOURS: '168', SESSION_HOURS: '720' });
  ofDemo = (await stage.app.database.query<{ id: string }>('SELECT id FROM system')).map(({ id }) => id);
}, 120_000);

afterAll(async () => {
  await stage?.close();
  await smtp?.stop();
});

async function give({ page, words }: Visit, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel(words('imports.file'), { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('heading', { name: words('imports.whatWasRead') }).waitFor();
}

/** Registers the file's systems under the research agency. */
async function chooseOrganisation({ page, words }: Visit): Promise<void> {
  await page.getByRole('button', { name: words('imports.defaultOrganisation') }).click();
  // Spoken with what it belongs to, which sets it apart from what belongs to it.
  await page.getByRole('option', { name: '独立行政法人 見本研究機構 見本省' }).click();
}

const check = ({ page, words }: Visit): Locator => page.getByRole('button', { name: words('imports.check') });

/** The figures of a report by their names. */
async function figures({ page, words }: Visit): Promise<Record<string, string>> {
  const names = ['read', 'created', 'updated', 'unchanged', 'rejected', 'missing'];
  const figure = (name: string): Locator =>
    page.locator('dl > div', { has: page.getByText(words(`imports.count.${name}`), { exact: true }) }).locator('dd');
  const entries = names.map(async (name) => [name, await figure(name).innerText()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

interface Owed {
  tier: string;
  dueOn: string;
  state: string;
  count: number;
}

/** Of the systems that were imported: how many obligations there are of each tier, due day and state. */
const OWED = `SELECT s.tier, o.due_on::text AS "dueOn", o.state, count(*)::integer AS count
  FROM obligation o JOIN system s ON s.id = o.system_id
  WHERE s.id <> ALL($1::uuid[]) AND o.state <> 'NOT_APPLICABLE' GROUP BY 1, 2, 3 ORDER BY 1, 2`;

const owed = (): Promise<Owed[]> => stage.app.database.query<Owed>(OWED, [ofDemo]);

/** What has still to be told on a day: notices that nobody has been reminded of, reminders that no mail of the day has, mails that have not left. */
const TO_TELL = `SELECT (SELECT count(*) FROM obligation WHERE notify_at <= $1)
  + (SELECT count(*) FROM reminder r WHERE r.status = 'PENDING' AND r.mail_id IS NULL
      AND NOT EXISTS (SELECT FROM mail m WHERE m.recipient_id = r.recipient_id AND m.digest_on = $2))
  + (SELECT count(*) FROM mail WHERE status IN ('QUEUED', 'SENDING')) AS count`;

/** Goes on to the morning of a day, and waits until all of its mails have left. Returns those who got one since the last time. */
async function mailedOn(day: string): Promise<string[]> {
  stage.app.clock.set(`${day}T00:00:00Z`);
  await eventually(
    () => stage.app.database.query<{ count: string }>(TO_TELL, [stage.app.clock.now(), day]),
    ([row]) => row?.count === '0',
    PATIENCE_MS,
  );
  return smtp.taken.splice(0).flatMap(({ recipients }) => recipients);
}

async function countSystems(): Promise<number> {
  const [row] = await stage.app.database.query<{ count: string }>('SELECT count(*) FROM system');
  return Number(row?.count);
}

describe('a register of 399 programmes in CP932', () => {
  it('is read, mapped by a built-in profile, checked without writing, imported and listed', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      const before = await countSystems();
      const took = stopwatch();
      await visit.open('/imports');
      await give(visit, REGISTER, register(REGISTER));
      await page.getByText('cp932').first().waitFor();
      await page.getByRole('cell', { name: '第一期政府共通プラットフォーム' }).waitFor();
      await page.getByText(words('imports.gap.organisation')).waitFor();
      expect(await check(visit).isEnabled()).toBe(false);

      const profile = words('imports.builtIn', { name: '行政事業レビュー（予算事業ID）' });
      await page.getByLabel(words('imports.useProfile')).selectOption(profile);
      await chooseOrganisation(visit);
      expect(await axeViolations(page)).toEqual([]);
      await check(visit).click();

      await page.getByText(words('imports.nothingWritten')).waitFor();
      expect(await figures(visit)).toEqual({
        ...{ read: '399', created: '399', updated: '0' },
        ...{ unchanged: '0', rejected: '0', missing: '2' },
      });
      expect(await countSystems()).toBe(before);
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('button', { name: words('imports.confirm', { count: 399 }) }).click();
      await page.getByText(words('imports.done', { file: REGISTER })).waitFor();
      expect(await figures(visit)).toMatchObject({ read: '399', created: '399', rejected: '0' });
      expect(await countSystems()).toBe(before + 399);
      took('first import', 'from its page, checked before, to 399 systems');

      await page.getByRole('link', { name: words('imports.toSystems') }).click();
      await visit.settled(words('systems.title'));
      // Without those of the agency that keeps its details to itself.
      const total = (await (await stage.app.as('admin')).get('/systems?total=true&limit=1')).body.total as number;
      expect(total).toBeGreaterThanOrEqual(399);
      await page.getByText(words('pager.shownOf', { shown: 50, total })).waitFor();
      await page.getByLabel(words('filter.systemNameOrCode')).fill('電子決裁システム EASY');
      await page.getByText(words('pager.shownOf', { shown: 1, total: 1 })).waitFor();
      await page
        .getByRole('table')
        .getByRole('link', { name: /電子決裁システム/ })
        .first()
        .click();
      await page.getByRole('tabpanel').getByText(words('domain:state.UNKNOWN')).first().waitFor();
    }));

  it('changes nothing when it comes again', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/imports');
      await page
        .getByRole('table', { name: words('imports.earlier') })
        .getByRole('link', { name: REGISTER })
        .first()
        .waitFor();
      await give(visit, REGISTER, register(REGISTER));
      const profile = words('imports.builtIn', { name: '行政事業レビュー（予算事業ID）' });
      await page.getByLabel(words('imports.useProfile')).selectOption(profile);
      await chooseOrganisation(visit);
      await check(visit).click();
      await page.getByText(words('imports.nothingWritten')).waitFor();
      expect(await figures(visit)).toMatchObject({ created: '0', updated: '0', unchanged: '399' });
      expect(await page.getByRole('button', { name: words('imports.confirm', { count: 0 }) }).isEnabled()).toBe(false);
    }));

  it('has nothing overdue before the grace of its tier, and is told of in one mail for each person', () =>
    stage.visit({ as: 'admin' }, async ({ page, open }) => {
      expect(await owed()).toEqual([
        { tier: 'MODERATE', dueOn: '2026-12-23', state: 'UNKNOWN', count: 399 },
        { tier: 'MODERATE', dueOn: '2027-01-22', state: 'UNKNOWN', count: 6783 },
      ]);
      await mailedOn('2026-11-23');
      const took = stopwatch();
      const mailed = await mailedOn('2026-11-24');
      took('first digests', `from the morning after the import to ${mailed.length} mails`);
      expect(mailed).toContain(demoEmailOf('manager'));
      expect(new Set(mailed).size).toBe(mailed.length);

      await open('/outbox');
      const row = page.getByRole('row').filter({ hasText: demoEmailOf('manager') });
      const items = await row.first().getByRole('cell').nth(1).innerText();
      expect(Number(items)).toBeGreaterThan(399);
      await keepPicture(page, 'ten-minutes/digests-ja');
    }));
});

describe('a word of importance that nobody has given a meaning', () => {
  const file = csvOf(
    ['番号', '名称', '影響'],
    ['A-1', '受付窓口', '甚大'],
    ['A-2', '掲示板', '軽微'],
    ['A-3', '名称だけの表', '不明'],
    ['A-4', '', '軽微'],
  );

  it('blocks the import until it has one, and gives each tier a grace of its own', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/imports');
      await give(visit, '台帳.csv', file);
      await chooseOrganisation(visit);
      const choose = (label: string, option: string) => page.getByLabel(label).first().selectOption(option);
      await choose(words('systemFields.code'), '番号');
      await choose(words('systemFields.name'), '名称');
      await choose(words('imports.columnOf', { label: words('systemFields.tier') }), '影響');
      const means = (value: string, count: number) => words('imports.valueMeans', { value, count });
      await choose(means('甚大', 1), words('domain:tier.HIGH'));
      await choose(means('軽微', 2), words('domain:tier.LOW'));
      await page.getByText(words('imports.gap.values')).waitFor();
      expect(await check(visit).isEnabled()).toBe(false);

      await choose(means('不明', 1), words('domain:tier.MODERATE'));
      await page.getByText(words('imports.gap.values')).waitFor({ state: 'detached' });
      await check(visit).click();
      await page.getByText(words('imports.nothingWritten')).waitFor();
      expect(await figures(visit)).toMatchObject({ read: '4', created: '3', rejected: '1' });
      const faults = page.getByRole('table', { name: words('imports.rejected') });
      expect(await faults.getByRole('row').nth(1).innerText()).toMatch(/^5\s+名称\s/);

      await page.getByRole('button', { name: words('imports.confirm', { count: 3 }) }).click();
      await page.getByText(words('imports.done', { file: '台帳.csv' })).waitFor();
      expect(await owed()).toEqual(
        expect.arrayContaining([
          { tier: 'HIGH', dueOn: '2026-12-24', state: 'UNKNOWN', count: 20 },
          { tier: 'MODERATE', dueOn: '2027-01-23', state: 'UNKNOWN', count: 17 },
          { tier: 'LOW', dueOn: '2027-02-22', state: 'UNKNOWN', count: 14 },
        ]),
      );
    }));
});
