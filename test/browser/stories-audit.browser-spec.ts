import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { verifyExport } from '../../src/audit/chain/exported-chain';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;
let systemId: string;

beforeAll(async () => {
  stage = await Stage.open('audit');
  const owner = await stage.app.as('owner');
  systemId = (await owner.get('/systems?owner=me')).body.items[0].id as string;
  await change({ supplier: '見本電算', hosting: 'HYBRID' });
  await change({ supplier: '見本システムズ' });
  const proof = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: new Date(0).toISOString() };
  await owner.post(`/systems/${systemId}/evidence`, { ...proof, performedAt: '2026-11-22T06:00:00Z' });
  await owner.get('/queues');
  await stage.app.browser().post('/auth/login', { email: 'owner@demo.example', password: 'not it' });
}, 120_000);

afterAll(() => stage?.close());

async function change(fields: object): Promise<void> {
  const manager = await stage.app.as('manager');
  const { headers } = await manager.get(`/systems/${systemId}`);
  const { status } = await manager.patch(`/systems/${systemId}`, fields, headers.get('etag'));
  expect(status).toBe(200);
}

async function speak(locale: Locale): Promise<void> {
  const auditor = await stage.app.as('auditor');
  const { headers } = await auditor.get('/me');
  await auditor.patch('/me', { locale }, headers.get('etag'));
}

/** What was done, event by event: not the fields that an open one lists. */
const rows = ({ page }: Visit) => page.locator('.data-table > tbody > tr > th');

/** Chooses from a list that opens, by typing. */
async function choose({ page, words }: Visit, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: `${words('filter.all')} ${label}`, exact: true }).click();
  await page.keyboard.type(option);
  await page.getByRole('option', { name: option }).first().click();
}

describe.each<Locale>(['ja', 'en'])('the audit page in %s', (locale) => {
  beforeAll(() => speak(locale));

  it('says who did what, narrows it down within the address, and opens to what changed', () =>
    stage.visit({ as: 'auditor', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await page.getByRole('link', { name: words('nav.audit'), exact: true }).click();
      await visit.settled(words('audit.title'));
      await choose(visit, words('audit.action'), words('auditAction.system.changed'));
      await page.waitForURL(/action=system\.changed/);
      await rows(visit).getByText(words('auditAction.session.started')).first().waitFor({ state: 'detached' });
      expect(await rows(visit).count()).toBe(2);

      const details = rows(visit).last().locator('summary');
      await details.focus();
      await page.keyboard.press('Enter');
      const changes = rows(visit).last().getByRole('table');
      await changes.getByRole('cell', { name: '見本電算' }).waitFor();
      await changes.getByRole('cell', { name: words('domain:hosting.HYBRID'), exact: true }).waitFor();
      await rows(visit).last().getByText(words('audit.requestId')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `audit/changed-${locale}`);
      await page.setViewportSize({ width: 320, height: 720 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `audit/changed-${locale}-narrow`);
      await page.setViewportSize({ width: 703, height: 900 });
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('summary:visible').count()).toBe(1);
      await keepPicture(page, `audit/changed-${locale}-print`);
      await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await axeViolations(page)).toEqual([]);

      await page.reload();
      await visit.settled(words('audit.title'));
      expect(await rows(visit).count()).toBe(2);
      await page.goBack();
    }));

  it('shows what was refused alone', () =>
    stage.visit({ as: 'auditor', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/audit');
      await page.getByText(words('audit.denied')).click();
      await page.waitForURL(/denied=true/);
      await rows(visit).getByText(words('auditAction.session.started')).first().waitFor({ state: 'detached' });
      await rows(visit).getByText(words('auditAction.access.denied')).first().waitFor();
      await rows(visit).getByText('GET /api/v1/queues').first().waitFor();
      await rows(visit).getByText(words('auditAction.session.refused')).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
    }));

  it('verifies the chain, and shows the end to write down', () =>
    stage.visit({ as: 'auditor', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/audit');
      const verify = page.getByRole('button', { name: words('audit.verify') });
      await verify.click();
      await page.getByText(words('audit.verified')).waitFor();
      const hash = await page.getByRole('status').locator('code').innerText();
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `audit/verified-${locale}`);
      await page.getByText(words('audit.notedTitle')).click();
      await page.getByLabel(words('audit.notedSeq')).fill('1');
      await page.getByLabel(words('audit.notedHash')).fill(hash);
      await verify.click();
      await page.getByText(words('audit.broken')).waitFor();
      await page.getByText(words('domain:chainFault.CHAIN_REWRITTEN', { seq: 1 })).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    }));
});

describe('the export of what is shown', () => {
  it('is the chain, which verifies, and the table, of the filters in the address', () =>
    stage.visit({ as: 'ciso', context: { acceptDownloads: true } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/audit?action=system.changed');
      const saved = async (target: Locator): Promise<Buffer> => {
        const [download] = await Promise.all([page.waitForEvent('download'), target.click()]);
        return readFile(await download.path());
      };
      const item = async (format: 'csv' | 'xlsx' | 'cp932'): Promise<Locator> => {
        await page.getByRole('button', { name: words('export.menu') }).click();
        return page.getByRole('menuitem', { name: words(`export.format.${format}`) });
      };
      const table = (await saved(await item('csv'))).toString('utf8');
      expect(table.trimEnd().split('\r\n')).toHaveLength(3);
      expect((await saved(await item('xlsx'))).toString('latin1', 0, 2)).toBe('PK');
      expect((await saved(await item('cp932'))).toString('latin1', 0, 3)).toBe('seq');
      await keepPicture(page, 'audit/exports');
      const link = page.getByRole('link', { name: words('audit.exportChain') });
      const chain = (await saved(link)).toString('utf8').split('\n');
      const verdict = await verifyExport(
        (async function* () {
          yield* chain;
        })(),
      );
      expect(verdict).toMatchObject({ valid: true, events: 2, fromStart: true });
      expect(await page.getByRole('button', { name: words('audit.verify') }).count()).toBe(0);
    }));
});

describe('the audit page', () => {
  it('goes page by page, and back', () =>
    stage.visit({ as: 'auditor', locale: 'en' }, async (visit) => {
      const { page, words } = visit;
      for (let n = 0; n < 55; n++) await (await stage.app.as('auditor')).get('/audit-events/verify');
      await visit.open('/audit');
      const first = await rows(visit).count();
      await page.getByRole('link', { name: words('pager.next') }).click();
      await page.waitForURL(/cursor=/);
      await page.getByRole('link', { name: words('pager.previous') }).waitFor();
      expect(first).toBe(50);
      await rows(visit).getByText(words('auditAction.system.changed')).first().waitFor();
      await page.getByRole('link', { name: words('pager.previous') }).click();
      await page.waitForURL((url) => !url.search.includes('cursor'));
    }));

  it('tells tampering, and where', () =>
    stage.visit({ as: 'auditor', locale: 'en' }, async (visit) => {
      const { page, words } = visit;
      const [event] = await stage.app.database.query<{ seq: string }>(
        `SELECT l.seq FROM audit_link l JOIN audit_event e ON e.id = l.event_id WHERE e.action = 'system.changed' ORDER BY l.seq LIMIT 1`,
      );
      const set = (action: string): Promise<unknown> =>
        stage.app.database.query(
          `SET session_replication_role = replica; UPDATE audit_event SET action = '${action}'
           WHERE id = (SELECT event_id FROM audit_link WHERE seq = ${event?.seq})`,
        );
      await set('system.created');
      await visit.open('/audit');
      await page.getByRole('button', { name: words('audit.verify') }).click();
      await page.getByText(words('domain:chainFault.EVENT_ALTERED', { seq: event?.seq })).waitFor();
      await page.getByText(words('audit.brokenAt', { seq: event?.seq })).waitFor();
      await set('system.changed');
    }));

  it('is not offered to people who may not read the record', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/systems');
      expect(await page.getByRole('link', { name: words('nav.audit'), exact: true }).count()).toBe(0);
    }));
});

describe('the history of a system', () => {
  it('shows its owner what was done, by whom and what changed', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}`);
      await page.getByRole('tab', { name: words('systemTabs.history') }).click();
      await rows(visit).getByText(words('auditAction.evidence.recorded')).first().waitFor();
      await rows(visit).getByText(words('auditAction.system.changed')).first().waitFor();
      expect(await page.getByRole('link', { name: words('audit.openHistory') }).count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'audit/history-ja');
    }));

  it('leads to the audit events of the system for those who may read them', () =>
    stage.visit({ as: 'ciso' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}?tab=history`);
      await page.getByRole('link', { name: words('audit.openHistory') }).click();
      await visit.settled(words('audit.title'));
      await page.getByText(words('audit.oneRecord')).waitFor();
      expect(page.url()).toContain(`systemId=${systemId}`);
    }));
});

describe('the erasure of a person', () => {
  it.each<Locale>(['ja', 'en'])('is confirmed by typing the address, and leaves no name, in %s', async (locale) => {
    const admin = await stage.app.as('admin');
    const { headers } = await admin.get('/me');
    await admin.patch('/me', { locale }, headers.get('etag'));
    const email = `leaving-${locale}@office.example`;
    const made = await admin.post('/users', { displayName: '退職 薫', email });
    await stage.visit({ as: 'admin', locale, refusals: ['422 POST /users/:id/erase'] }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/users/${made.body.id as string}`);
      await page.getByRole('button', { name: words('users.erase') }).click();
      const dialog = page.getByRole('alertdialog', { name: words('users.eraseTitle', { name: '退職 薫' }) });
      const address = dialog.getByRole('textbox');
      await address.fill('another@office.example');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').getByText(words('domain:field.NOT_THEIR_ADDRESS')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `audit/erase-${locale}`);
      await address.fill(email);
      await dialog.getByRole('button', { name: words('users.erase') }).click();
      await page.getByText(words('users.erased'), { exact: true }).waitFor();
      expect(await page.content()).not.toContain('退職 薫');
      expect(await page.getByRole('button', { name: words('users.erase') }).count()).toBe(0);
      await page.getByRole('link', { name: words('audit.history') }).click();
      await rows(visit).getByText(words('auditAction.user.erased')).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
    });
  });
});
