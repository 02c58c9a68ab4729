import type { Locator } from 'playwright-core';
import type { ActionKind } from '../../../src/core/readiness/next-action';
import type { ReasonCode } from '../../../src/core/readiness/reason';
import type { Visit } from '../stage';

/** A duty that is failed or overdue, as the API tells it. */
export interface Red {
  dueOn: string | null;
  id: string;
  ruleKey: string;
  ruleTitle: string;
  state: 'FAILED' | 'OVERDUE';
  reason: { code: ReasonCode };
  action: { kind: ActionKind; evidenceKind: string | null; drillType: string | null };
  system: { id: string; name: string } | null;
  organisation: { name: string };
  owner: { displayName: string; email: string } | null;
  improvementItem: { id: string; title: string } | null;
  backupRequirement: { dataset: string } | null;
}

/** People who clear reds. */
export type Clearer = 'owner' | 'manager';

/** What stands in front of the person when the way has been gone: the button or the words that the way is for. */
type Arrival = (visit: Visit, red: Red) => Locator;

interface Way {
  /** Who is to do it; the owner when absent. */
  by?: Clearer;
  /** The click that leads on from the dialog of the red, if one is needed. */
  next?: string;
  arrives: Arrival;
}

const dialogOf = ({ page }: Visit, name: string): Locator => page.getByRole('dialog', { name });
const button = (within: Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
const inMain = ({ page }: Visit): Locator => page.getByRole('main');
const acting = (visit: Visit, { action }: Red): Locator => dialogOf(visit, visit.words(`actionKind.${action.kind}`));

const proof: Arrival = (visit, { action }) => {
  const kind = visit.words(`domain:evidenceKind.${action.evidenceKind}`);
  return button(dialogOf(visit, visit.words('evidence.sendTitle', { kind })), visit.words('evidence.send'));
};
const review: Arrival = (visit, red) => button(acting(visit, red), visit.words('review.submit'));
const written: Arrival = (visit) => button(inMain(visit), visit.words('backups.saveDraft'));
const planned: Arrival = (visit) => button(inMain(visit), visit.words('drills.save'));
const provenByLink: Arrival = (visit) => button(inMain(visit), visit.words('evidence.send'));

/** A kind of action without a way does not compile. */
const WAYS: Record<ActionKind, Way> = {
  APPROVE_PROCEDURE: {
    next: 'procedures.write',
    arrives: (visit) => button(inMain(visit), visit.words('procedures.saveDraft')),
  },
  REVIEW_PROCEDURE: { arrives: review },
  CONFIRM_CONTACTS: { arrives: proof },
  DECLARE_BACKUP: { next: 'backups.declare', arrives: written },
  APPROVE_BACKUP: {
    by: 'manager',
    arrives: (visit) => button(dialogOf(visit, visit.words('backups.approve')), visit.words('backups.approveSubmit')),
  },
  AMEND_BACKUP: { next: 'backups.amend', arrives: written },
  REVIEW_BACKUP: { arrives: review },
  REVIEW_IMPORTANCE: { arrives: proof },
  SEND_EVIDENCE: { arrives: proof },
  CLOSE_IMPROVEMENT: {
    next: 'actionKind.CLOSE_IMPROVEMENT',
    arrives: (visit) => button(inMain(visit), visit.words('improvements.report')),
  },
};

/** Those of the reds that this person clears. */
export const doneBy = (by: Clearer, some: readonly Red[]): Red[] =>
  some.filter(({ action }) => (WAYS[action.kind].by ?? 'owner') === by);

/** The name of a red by which a test tells that it was lost. */
export const nameOf = ({ ruleKey, reason, action, system, organisation }: Red): string =>
  [ruleKey, reason.code, action.kind, (system ?? organisation).name].join(' ');

/** One of each rule, reason and action. */
export const kindsOf = (some: readonly Red[]): Red[] =>
  firstOfEach(some, ({ ruleKey, reason, action }) => `${ruleKey} ${reason.code} ${action.kind}`);

/** One of each action; drills are apart, since mails and inbox lead to their plan. */
export const actionsOf = (some: readonly Red[]): Red[] =>
  firstOfEach(some, ({ action }) => `${action.kind} ${action.drillType !== null}`);

function firstOfEach(some: readonly Red[], keyOf: (red: Red) => string): Red[] {
  return [...new Map(some.toReversed().map((red) => [keyOf(red), red])).values()].reverse();
}

/** What the address of a link that leads to where a red is cleared has in it: its dialog, its item, or the drill that is to be planned for it. */
export function addressesOf({ id, system, improvementItem, action }: Red): string[] {
  return [
    `act=${id}`,
    ...(improvementItem ? [`/improvements/${improvementItem.id}`] : []),
    ...(action.drillType ? [`/systems/${system?.id}/drills/new?type=${action.drillType}`] : []),
  ];
}

/**
 * One click on what shows the red, and at most one more; then what clears it is there and can be pressed.
 *
 * @returns how many clicks it took.
 */
export async function toClearing(visit: Visit, red: Red, shown: Locator): Promise<number> {
  const href = (await shown.getAttribute('href')) ?? '';
  const { next, arrives } = WAYS[red.action.kind];
  await shown.click();
  const goesOn = next !== undefined && href.includes('act=');
  if (goesOn)
    await acting(visit, red)
      .getByRole('link', { name: visit.words(next), exact: true })
      .click();
  const control = (href.includes('/link#') ? provenByLink : href.includes('/drills/') ? planned : arrives)(visit, red);
  await control.waitFor();
  if (!(await control.isEnabled())) throw new Error('what clears it cannot be pressed');
  return goesOn ? 2 : 1;
}

/** One click on what shows the red, for who may not clear it; then it is said who does, with the address to write to. @returns the clicks: one. */
export async function toOwner(visit: Visit, red: Red, shown: Locator): Promise<number> {
  await shown.click();
  const { displayName, email } = red.owner ?? { displayName: 'nobody', email: 'nobody' };
  const person = acting(visit, red).getByRole('definition').filter({ hasText: displayName });
  await person.locator(`a[href="mailto:${email}"]`).waitFor();
  return 1;
}

/** The same where the owner may not clear it either. */
export async function toApprover(visit: Visit, _: Red, shown: Locator): Promise<number> {
  await shown.click();
  await dialogOf(visit, visit.words('backups.approve')).getByText(visit.words('backups.askApprover')).waitFor();
  return 1;
}
