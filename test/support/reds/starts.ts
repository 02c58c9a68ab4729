import type { Locator } from 'playwright-core';
import type { Client } from '../client';
import type { TakenMail } from '../smtp';
import type { Visit } from '../stage';
import { addressesOf, nameOf, type Red } from './ways';

/** A page, or what else somebody has in front of them, that shows reds as links. */
export interface Start {
  reds: readonly Red[];
  open(visit: Visit): Promise<void>;
  /** Comes back after so many clicks on links. */
  back(visit: Visit, clicks: number): Promise<void>;
  /** The selector of the element that has the links. */
  within: string;
  linkOf(visit: Visit, red: Red): Locator;
}

/** Goes from the link of a red to its end. @returns how many clicks it took. */
export type Walk = (visit: Visit, red: Red, shown: Locator) => Promise<number>;

/** Enough to see what is wrong; each costs as long as a page is waited for. */
const MOST_LOST = 5;

/**
 * What is wrong with the reds of these starts, by their names: those of `walked` whose way does not lead to its end, and others that are not
 * shown.
 */
export async function lostFrom(
  visit: Visit,
  starts: readonly Start[],
  walked: readonly Red[],
  walk: Walk,
): Promise<string[]> {
  const lost: string[] = [];
  for (const start of starts) {
    await start.open(visit);
    for (const red of start.reds.filter((each) => walked.includes(each))) {
      try {
        if (lost.length >= MOST_LOST) throw new Error('not tried any more');
        await start.back(visit, await walk(visit, red, start.linkOf(visit, red)));
      } catch (error) {
        lost.push(`${nameOf(red)}: ${String(error).split('\n').slice(0, 4).join(' ')}`);
        if (lost.length < MOST_LOST) await start.open(visit);
      }
    }
    const hidden = await hiddenIn(
      visit,
      start,
      start.reds.filter((each) => !walked.includes(each)),
    );
    lost.push(...hidden.map((red) => `${nameOf(red)}: is not shown`));
  }
  return lost;
}

/** Those that no link of the start leads to. */
async function hiddenIn({ page }: Visit, { within }: Start, some: readonly Red[]): Promise<Red[]> {
  if (some.length === 0) return [];
  const links = page.locator(within).locator('a[href]');
  await links.first().waitFor();
  const addresses: string[] = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  return some.filter((red) => !addresses.some((address) => leadsTo(red, address)));
}

const leadsTo = (red: Red, address: string): boolean => addressesOf(red).some((part) => address.includes(part));

/** The first link in this element that leads to where the red is cleared. */
const linkWithin =
  (selector: string): Start['linkOf'] =>
  ({ page }, red) => {
    const links = addressesOf(red).map((part) => `a[href*="${part}"]`);
    return page.locator(selector).locator(links.join(', ')).first();
  };

/** A page of the product that shows all of them, in the element of this selector. */
export const pageOf = (path: string, within: string, reds: readonly Red[]): Start => ({
  ...page(path),
  reds,
  within,
  linkOf: linkWithin(within),
});

/** The pages of their systems, where each is in the list of what is owed, found by what is read there. */
export function systemPagesOf(reds: readonly Red[]): Start[] {
  const linkOf: Start['linkOf'] = ({ page, words }, { action, ruleTitle, improvementItem, backupRequirement }) => {
    const rule = improvementItem?.title ?? ruleTitle;
    const name = words('obligations.actOn', { action: words(`actionKind.${action.kind}`), rule });
    const rows = page.getByRole('listitem');
    const row = backupRequirement ? rows.filter({ hasText: backupRequirement.dataset }) : rows;
    return row.getByRole('link', { name, exact: true });
  };
  const systemIds = [...new Set(reds.map(({ system }) => system?.id))];
  return systemIds.map((id) => ({
    ...page(`/systems/${id}`),
    reds: reds.filter(({ system }) => system?.id === id),
    within: 'main li',
    linkOf,
  }));
}

/** The days of the calendar on which the reds have fallen due. */
export function daysOf(reds: readonly Red[]): Start[] {
  const days = [...new Set(reds.map(({ dueOn }) => dueOn))].sort();
  return days.map((day) =>
    pageOf(
      `/calendar?month=${day?.slice(0, 7)}&day=${day}`,
      'section[aria-labelledby=calendar-day] li',
      reds.filter(({ dueOn }) => dueOn === day),
    ),
  );
}

/** A list that goes over several pages. */
interface List {
  /** Of the API, and of the product, with their queries. */
  from: string;
  path: string;
}

/** The pages of a list of duties on which the reds are. */
export const listOf = (client: Client, list: List, reds: readonly Red[]): Promise<Start[]> =>
  pagesOf(client, list, reds, (items: { id: string }[], { id }) => items.some((item) => item.id === id));

/** The pages of the inbox on which the reds are. */
export const inboxOf = (client: Client, kind: 'REMINDER' | 'ESCALATION', reds: readonly Red[]): Promise<Start[]> =>
  pagesOf(
    client,
    { from: `/me/inbox?kind=${kind}`, path: `/inbox?kind=${kind}` },
    reds,
    (items: { path: string }[], red) => items.some(({ path }) => leadsTo(red, path)),
  );

async function pagesOf<T>(
  client: Client,
  { from, path }: List,
  reds: readonly Red[],
  isAmong: (items: T[], red: Red) => boolean,
): Promise<Start[]> {
  const found: Start[] = [];
  let left = reds;
  for (let cursor: string | null = ''; cursor !== null && left.length > 0;) {
    const next: string = cursor && `&cursor=${cursor}`;
    const { items, nextCursor } = (await client.get(from + next)).body as { items: T[]; nextCursor: string | null };
    const here = left.filter((red) => isAmong(items, red));
    if (here.length > 0) found.push(pageOf(path + next, 'main li', here));
    left = left.filter((red) => !here.includes(red));
    cursor = nextCursor;
  }
  // On no page: they are looked for in vain on the first one.
  return left.length > 0 ? [...found, pageOf(path, 'main li', left)] : found;
}

/** The newest mail to this address, which leads to the product. */
export const mailOf = (taken: readonly TakenMail[], email: string, reds: readonly Red[]): Start => ({
  ...mail(taken, email),
  reds,
  linkOf: linkWithin('body'),
});

/** The same of somebody who has no other role than to contribute: it opens what it asks for without a sign-in, by links that say nothing. */
export const mailWithSecretsOf = (taken: readonly TakenMail[], email: string, reds: readonly Red[]): Start => ({
  ...mail(taken, email),
  reds,
  linkOf: ({ page }, { ruleTitle, system }) => {
    const lines = page.getByRole('listitem').filter({ hasText: system?.name ?? '' });
    return lines.getByRole('link', { name: ruleTitle, exact: true });
  },
});

function page(path: string): Pick<Start, 'open' | 'back'> {
  const isHere = ({ pathname, searchParams }: URL): boolean =>
    pathname === path.split('?')[0] && !searchParams.has('act');
  return {
    open: (visit) => visit.open(path),
    // At once, without the pages between.
    back: async ({ page }, clicks) => {
      await page.evaluate(`history.go(-${clicks})`);
      await page.waitForURL(isHere, { waitUntil: 'commit' });
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  };
}

function mail(taken: readonly TakenMail[], email: string): Pick<Start, 'open' | 'back' | 'within'> {
  const open = async ({ page }: Visit): Promise<void> => {
    // Not on a page of the product, whose policy would hold for the mail.
    await page.goto('about:blank');
    await page.setContent(newestTo(taken, email));
  };
  return { open, back: open, within: 'body' };
}

function newestTo(taken: readonly TakenMail[], email: string): string {
  const html = taken.findLast(({ recipients }) => recipients.includes(email))?.mail.html;
  if (!html) throw new Error(`no mail to ${email}`);
  return html;
}
