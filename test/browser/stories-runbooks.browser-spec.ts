import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Passage } from '../../src/registry/procedures/reading/passage';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

const FOLDER = join(__dirname, '../fixtures/runbooks');
const RUNBOOKS = readdirSync(FOLDER).map((file) => file.slice(0, -3));

let stage: Stage;
let systemId: string;

beforeAll(async () => {
  stage = await Stage.open('runbooks');
  systemId = (await (await stage.app.as('admin')).get('/systems?q=RYOHI')).body.items[0].id;
}, 120_000);

afterAll(() => stage?.close());

/** Letters and digits alone: marks of Markdown and of its rendering are no part of what a line says. */
const said = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
/** What language a block of code is in is a mark too. */
const FENCE = /^\s*(?:```|~~~)\w*\s*$/;
/** Where a link leads stands behind it and not in its line. */
const LINK_TARGET = /\]\(([^()\s]+)\)/g;

function linesOf(markdown: string): string[] {
  return markdown
    .split(/\r?\n/)
    .filter((line) => !FENCE.test(line))
    .map((line) => said(line.replace(/^\s*\d+[.)]\s/, '').replace(LINK_TARGET, ']')));
}

async function missing(page: Page, markdown: string): Promise<string[]> {
  const shown = said(await page.getByRole('main').innerText());
  return linesOf(markdown).filter((line) => !shown.includes(line));
}

it.each(RUNBOOKS)(
  '%s comes out as it went in, on the screen and on paper',
  async (name) => {
    const markdown = readFileSync(join(FOLDER, `${name}.md`), 'utf8');
    const owner = await stage.app.as('owner');
    const { readings } = (await owner.post('/procedure-passages', { markdown })).body;
    const steps = (readings[0].passages as Passage[])
      .filter(({ proposed }) => proposed)
      .map(({ title, instructions }, at) => ({ key: `step-${at + 1}`, title, instructions }));
    const { body } = await owner.post(`/systems/${systemId}/procedures`, { title: name, markdown, steps });
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page } = visit;
      await visit.open(`/systems/${systemId}/procedures/${body.id}`);
      expect(await missing(page, markdown)).toEqual([]);
      const shown = said(await page.getByRole('main').innerText());
      expect(steps.filter(({ title }) => !shown.includes(said(title)))).toEqual([]);
      expect(await page.locator('main img, main script, main iframe, main style').count()).toBe(0);
      const targets = await page
        .locator('main a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      for (const [, target = ''] of markdown.matchAll(LINK_TARGET))
        expect(targets.includes(target) || shown.includes(said(target))).toBe(true);
      expect(await axeViolations(page)).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      expect(await missing(page, markdown)).toEqual([]);
      await keepPicture(page, `runbooks/${name}`);
    });
  },
  60_000,
);
