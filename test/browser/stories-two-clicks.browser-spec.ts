import { ACTION_KINDS } from '../../src/core/readiness/next-action';
import { OBLIGATION_REASONS, type ReasonCode } from '../../src/core/readiness/reason';
import { demoEmailOf } from '../support/app';
import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { makeReds, OWED_RULES } from '../support/reds/reds';
import * as starts from '../support/reds/starts';
import { actionsOf, doneBy, kindsOf, type Red, toApprover, toClearing, toOwner } from '../support/reds/ways';
import { keepPicture } from '../support/screenshots';
import { type SmtpServer, startSmtpServer } from '../support/smtp';
import { Stage, type Tab, type VisitOptions } from '../support/stage';
import { stopwatch } from '../support/stopwatch';

/** What is said of duties that are not red; every other reason is met below. */
const OF_NO_RED: readonly ReasonCode[] = [
  ...(['PROVEN', 'PROVEN_UNTIL', 'PROOF_EXPIRES_SOON', 'IN_GRACE', 'CHANGED_SINCE_REVIEW'] as const),
  ...(['DRILL_OF_OLDER_VERSION', 'DRILL_BEFORE_CHANGE', 'NEVER_PROVEN', 'NO_BACKUP_REQUIREMENT'] as const),
  ...(['RECOVERY_POINT_FINE', 'COPIES_SUFFICIENT', 'COPIES_SHORT_FROM'] as const),
  ...(['WAIVED', 'NOT_APPLICABLE', 'IMPROVEMENT_OPEN'] as const),
];
const CONTRIBUTOR = 'ayumi@demo.example';
const LIST = '/obligations?state=FAILED,OVERDUE&sort=dueOn';
const SYSTEMS = '/systems?tier=HIGH&lifecycle=OPERATING';
const ROWS = 'main li';
const HEATMAP = 'main [role=grid]';

let stage: Stage;
let smtp: SmtpServer;
let reds: Red[];
/** Improvement items have no cell in the heatmap. */
let ofRules: Red[];

beforeAll(async () => {
  smtp = await startSmtpServer();
  // Links of mails lead to this port; mails leave when the clock is moved on by a minute, after all that they tell of.
  stage = await Stage.open('two clicks', {
    PORT: `${await freePort()}`,
    SMTP_URL: smtp.url,
    DIGEST_AT: '09:01',
  });
  await makeReds(stage.app, CONTRIBUTOR);
  const owner = await stage.app.as('owner');
  reds = (await owner.get('/obligations?owner=me&state=FAILED,OVERDUE&limit=200')).body.items;
  ofRules = reds.filter(({ improvementItem }) => !improvementItem);
}, 180_000);

afterAll(async () => {
  await stage?.close();
  await smtp?.stop();
});

/** A tab of somebody's that stays open. */
function tabOf(options: VisitOptions): Pick<Tab, 'use'> {
  let tab: Tab;
  beforeAll(async () => {
    if (options.locale && options.as) await stage.speak(options.locale, options.as);
    tab = await stage.tab(options);
  }, 60_000);
  afterAll(() => tab?.close());
  return { use: (visit) => tab.use(visit) };
}

/** Goes these ways in a tab, prints how long it took, and expects that none of the reds is lost. */
const expectNoneLost = (
  { use }: Pick<Tab, 'use'>,
  from: readonly starts.Start[],
  walked: readonly Red[],
  walk: starts.Walk,
): Promise<void> =>
  use(async (visit) => {
    visit.page.setDefaultTimeout(20_000);
    const took = stopwatch();
    const lost = await starts.lostFrom(visit, from, walked, walk);
    took(`${walked.length} reds`, `to walk: ${expect.getState().currentTestName}`);
    expect(lost).toEqual([]);
  });

const owner = tabOf({ as: 'owner' });
const manager = tabOf({ as: 'manager' });
const nobody = tabOf({});
const auditor = tabOf({ as: 'auditor', locale: 'en' });

it('every rule of the pack, every reason and every action is among the reds', () => {
  expect(new Set(reds.map(({ ruleKey }) => ruleKey))).toEqual(
    new Set([...OWED_RULES.map(({ key }) => key), 'improvement-item']),
  );
  expect(new Set(reds.map(({ reason }) => reason.code))).toEqual(
    new Set(OBLIGATION_REASONS.filter((code) => !OF_NO_RED.includes(code))),
  );
  expect(new Set(reds.map(({ action }) => action.kind))).toEqual(new Set(ACTION_KINDS));
});

describe('who may clear it', () => {
  it('is two clicks at most from what clears each kind of red, on the page of its system', async () => {
    await expectNoneLost(owner, starts.systemPagesOf(kindsOf(doneBy('owner', reds))), reds, toClearing);
    await expectNoneLost(manager, starts.systemPagesOf(kindsOf(doneBy('manager', reds))), reds, toClearing);
  }, 400_000);

  it(
    'finds each red among the own deadlines, two clicks from what clears it',
    () => expectNoneLost(owner, [starts.pageOf('/me', ROWS, reds)], actionsOf(doneBy('owner', reds)), toClearing),
    200_000,
  );

  it('finds each red in the list of what is owed, two clicks from what clears it', async () => {
    const pages = await starts.listOf(await stage.app.as('manager'), { from: LIST, path: LIST }, reds);
    await expectNoneLost(manager, pages, actionsOf(reds), toClearing);
  }, 200_000);

  it(
    'finds each red in the heatmap, two clicks from what clears it',
    () => expectNoneLost(manager, [starts.pageOf('/', HEATMAP, ofRules)], actionsOf(ofRules), toClearing),
    200_000,
  );

  it('finds each red on the day of the calendar on which it fell due, two clicks from what clears it', async () => {
    const dated = reds.filter(({ dueOn }) => dueOn !== null);
    expect(dated.length).toBeGreaterThan(20);
    await expectNoneLost(manager, starts.daysOf(dated), actionsOf(dated), toClearing);
  }, 200_000);

  it('is led on by the next action of each system behind the figures, and by the reasons of its verdict', async () => {
    const client = await stage.app.as('manager');
    const redsOf = (id: string | undefined): Red[] => reds.filter((red) => red.id === id);
    const { items } = (await client.get(SYSTEMS)).body as { items: { nextAction: { obligationId: string } | null }[] };
    const next = items.flatMap(({ nextAction }) => redsOf(nextAction?.obligationId));
    const { system } = next[0] as Red;
    const { body } = await client.get(`/systems/${system?.id}/readiness`);
    const reasons = (body.reasons as { obligationId: string }[])
      .slice(0, 5)
      .flatMap((reason) => redsOf(reason.obligationId));
    expect([next.length, reasons.length]).toEqual([5, 5]);
    const figures: starts.Start = {
      ...starts.pageOf(SYSTEMS, 'main table', next),
      open: async ({ page, words, open, settled }) => {
        await open('/');
        await page.locator('main table a[href*="tier=HIGH"]').first().click();
        await settled(words('systems.title'));
      },
    };
    const verdict = starts.pageOf(`/systems/${system?.id}`, 'main section.card', reasons);
    await expectNoneLost(manager, [figures, verdict], [...next, ...actionsOf(reasons)], toClearing);
  }, 200_000);
});

describe('who is told of it', () => {
  let forOwner: Red[];
  let forManager: Red[];

  beforeAll(async () => {
    forOwner = actionsOf(doneBy('owner', reds));
    forManager = actionsOf(doneBy('manager', reds));
    const untold = (): Promise<{ id: string }[]> =>
      stage.app.database.query(
        `SELECT o.id FROM obligation o WHERE o.id = ANY($1::uuid[]) AND NOT EXISTS (
           SELECT FROM reminder r WHERE r.obligation_id = o.id AND r.occurrence = o.occasion->>'occurrence')`,
        [reds.map(({ id }) => id)],
      );
    await eventually(untold, ({ length }) => length === 0, 120_000);
    stage.app.clock.advance({ minutes: 1 });
    const mailed = [demoEmailOf('owner'), demoEmailOf('manager'), CONTRIBUTOR];
    const reached = (): Promise<string[]> => Promise.resolve(smtp.taken.flatMap(({ recipients }) => recipients));
    await eventually(reached, (emails) => mailed.every((email) => emails.includes(email)), 120_000);
  }, 300_000);

  it('is two clicks at most from what clears each red, in the inbox', async () => {
    const toOwner = await starts.inboxOf(await stage.app.as('owner'), 'REMINDER', reds);
    await expectNoneLost(owner, toOwner, forOwner, toClearing);
    const toManager = await starts.inboxOf(await stage.app.as('manager'), 'ESCALATION', forManager);
    await expectNoneLost(manager, toManager, forManager, toClearing);
  }, 200_000);

  it('is two clicks at most from what clears each red, in a mail', async () => {
    await expectNoneLost(owner, [starts.mailOf(smtp.taken, demoEmailOf('owner'), reds)], forOwner, toClearing);
    const escalated = starts.mailOf(smtp.taken, demoEmailOf('manager'), doneBy('manager', reds));
    await expectNoneLost(manager, [escalated], forManager, toClearing);
  }, 200_000);

  it('proves by one click in a mail, without a sign-in, who only contributes', async () => {
    const some = actionsOf(ofRules.filter(({ action: { evidenceKind } }) => evidenceKind && evidenceKind !== 'DRILL'));
    await expectNoneLost(nobody, [starts.mailWithSecretsOf(smtp.taken, CONTRIBUTOR, some)], some, toClearing);
  }, 200_000);
});

describe('who may not clear it', () => {
  it('is one click from who does, in English too', async () => {
    const some = actionsOf(ofRules).slice(0, 4);
    const [first] = some as [Red];
    const from = [
      starts.pageOf('/', HEATMAP, some),
      ...(await starts.listOf(await stage.app.as('auditor'), { from: LIST, path: LIST }, [first])),
      starts.pageOf(`/systems/${first.system?.id}`, 'main [role=tabpanel] li', [first]),
    ];
    await expectNoneLost(auditor, from, some, toOwner);
    await auditor.use(async ({ page, words }) => {
      await page
        .getByRole('link', { name: new RegExp(words('obligations.askOwner')) })
        .first()
        .click();
      await page.getByRole('definition').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'two-clicks/ask-owner-en');
    });
  }, 200_000);

  it('is told whom to ask for an approval', async () => {
    const some = actionsOf(doneBy('manager', reds));
    await expectNoneLost(owner, starts.systemPagesOf(some), some, toApprover);
  }, 200_000);
});
