import type { PolicyRules } from '../src/core/policy/rule';
import { NoticeClock } from '../src/obligations/clocks/notice-clock';
import { RuleTitles } from '../src/obligations/rule-titles';
import { SmtpTransport } from '../src/platform/mail/mail-transport';
import { openQueueBackend } from '../src/platform/queue/queue-backend';
import { DigestFormer } from '../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../src/views/outbox/mail-delivery';
import { ReminderSweep } from '../src/views/reminders/reminder-sweep';
import { type Centre, openCentre } from '../test/support/centre/centre';
import { queueStores } from '../test/support/running/queue-store';
import { startSink } from './support/smtp-sink';
import { generateRegister } from './support/generated-register';
import { exponent, report, seconds } from './support/measure';
import { publish } from './support/published-policy';
import { SIX_DUTIES } from './support/six-duties';

const SIZES = process.env.BENCH_LARGEST ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
/** What falls due at one instant, whatever the size of the register; three people are told of each. */
const DUE = 20_000;
const BATCH = 500;
const OWNERS = 1_500;
const ROUNDS = 3;

/** Forgets everything that was told and has the first `count` obligations that can be told of fall due now. */
async function makeDue({ dataSource, clock }: Centre, count: number): Promise<number> {
  await dataSource.query('TRUNCATE reminder, mail CASCADE');
  await dataSource.query('UPDATE obligation SET notify_at = NULL WHERE notify_at IS NOT NULL');
  const [, due] = await dataSource.query<[unknown, number]>(
    `UPDATE obligation SET notify_at = $1, notified_through_on = NULL WHERE id IN
       (SELECT id FROM obligation WHERE occasion IS NOT NULL AND due_on <= $1::date ORDER BY id LIMIT $2)`,
    [clock.now(), count],
  );
  await dataSource.query('VACUUM ANALYZE obligation');
  return due;
}

/** Gives the systems to many people, as an office has them. */
async function spreadOwners({ dataSource }: Centre): Promise<void> {
  await dataSource.query(
    `INSERT INTO app_user (id, email, display_name, password_hash)
     SELECT gen_random_uuid(), 'owner-' || n || '@bench.example', '担当' || n, NULL FROM generate_series(1, ${OWNERS}) n`,
  );
  await dataSource.query(
    `WITH owner AS (SELECT id, row_number() OVER (ORDER BY email) - 1 AS place FROM app_user WHERE email LIKE 'owner-%@bench.example')
     UPDATE system s SET owner_id = owner.id FROM owner WHERE owner.place = substr(s.code, 3)::int % ${OWNERS} AND s.code LIKE 'S-%'`,
  );
}

async function claimAll({ dataSource, config, clock }: Centre): Promise<void> {
  const notices = new NoticeClock(config);
  for (let claimed = BATCH; claimed === BATCH;)
    claimed = await dataSource.transaction(async (m) => (await notices.claim(m, clock.now(), BATCH)).length);
}

const sweepOf = ({ dataSource, config, clock }: Centre): ReminderSweep =>
  new ReminderSweep(dataSource, new NoticeClock(config), clock, config);

interface Sweeping {
  size: number;
  time: number;
  /** The claim alone as a part of the claim with what it writes. */
  ratio: number;
}

/** @param rules that are in force; the pack that the product comes with when absent. */
async function opened(size: number, rules?: PolicyRules): Promise<Centre> {
  const centre = await openCentre(`bench reminders ${size}`);
  await generateRegister(centre.dataSource, centre.world, size, centre.clock.now());
  if (rules) await publish(centre.dataSource, centre.world.organisations.ministry, rules, 2, '2020-04-01');
  await spreadOwners(centre);
  await centre.ledger.refreshAll(centre.dataSource.manager);
  return centre;
}

/** The best of some rounds, taken in turn: what else the machine does only ever adds. */
async function sweeping(centre: Centre, size: number): Promise<Sweeping> {
  let [due, claim, swept] = [0, Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    await makeDue(centre, DUE);
    claim = Math.min(claim, await seconds(() => claimAll(centre)));
    due = await makeDue(centre, DUE);
    swept = Math.min(swept, await seconds(() => sweepOf(centre).run()));
  }
  const [{ rows }] = await centre.dataSource.query('SELECT count(*)::int AS rows FROM reminder');
  const ratio = claim / swept;
  report(`${size} systems, sweep of ${due}`, {
    ...{ 'obligations a second': due / swept, 'ledger rows': rows, 'claim alone / claim with its rows': ratio },
  });
  return { size, time: swept, ratio };
}

/** The whole storm as it is done, against a queue job and a mail of one line for each reminder. */
async function storm(centre: Centre): Promise<number> {
  const store = await queueStores().at(-1)!.open(centre.database);
  const smtp = await startSink();
  const transport = new SmtpTransport(smtp.url, centre.config.MAIL_FROM);
  const backend = openQueueBackend(store.settings.REDIS_URL, centre.database.asService);
  try {
    const { dataSource, clock, config } = centre;
    await makeDue(centre, DUE);
    await sweepOf(centre).run();
    const [{ reminders }] = await dataSource.query('SELECT count(*)::int AS reminders FROM reminder');
    const queue = backend.queue('delivery');
    const all = async (ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> => {
      let left = ids.length;
      const done = new Promise<void>((resolve) => {
        const worker = backend.worker(
          'delivery',
          async ({ data }) => {
            await work((data as { id: string }).id);
            left -= 1;
            if (left === 0) setImmediate(() => void worker.close().then(resolve));
          },
          4,
        );
        void worker.waitUntilReady().then(() => worker.run());
      });
      for (let from = 0; from < ids.length; from += 1_000)
        await queue.addBulk(ids.slice(from, from + 1_000).map((id) => ({ name: 'delivery.digest', data: { id } })));
      await done;
    };
    const ours = await seconds(async () => {
      await new DigestFormer(dataSource, clock, config).run();
      const delivery = new MailDelivery(dataSource, clock, config, new RuleTitles(dataSource), transport);
      await all(await delivery.due(DUE), (id) => delivery.deliver(id));
    });
    const sent = smtp.taken();
    const ids = (await dataSource.query<{ id: string }[]>(`SELECT id FROM reminder WHERE status = 'SENT'`)).map(
      ({ id }) => id,
    );
    const line = { subject: '期限の確認', text: '期限を確認してください。', html: '<p>期限を確認してください。</p>' };
    const each = await seconds(() =>
      all(ids, async (id) => {
        await transport.send({
          messageId: `<${id}@bench>`,
          to: { name: 'x', address: 'owner-1@bench.example' },
          ...line,
        });
        await dataSource.query(`UPDATE reminder SET sent_at = now() WHERE id = $1`, [id]);
      }),
    );
    await queue.close();
    report(`a storm of ${ids.length} of ${reminders} reminders`, {
      ...{ mails: sent, 'seconds with digests': ours, 'seconds with a job each': each, ratio: each / ours },
    });
    expect(ids.length).toBe(reminders);
    expect(sent).toBeLessThanOrEqual(OWNERS + 20);
    return each / ours;
  } finally {
    transport.close();
    await backend.close();
    await smtp.stop();
    await store.stop();
  }
}

it('a sweep costs as much for an obligation however many there are', async () => {
  const sweeps: Sweeping[] = [];
  for (const size of SIZES) {
    const centre = await opened(size, SIX_DUTIES);
    try {
      sweeps.push(await sweeping(centre, size));
    } finally {
      await centre.stop();
    }
  }
  const fit = exponent(sweeps[0]!, sweeps.at(-1)!);
  report('sweep', { exponent: fit });
  expect(fit).toBeLessThanOrEqual(0.1);
  for (const { ratio } of sweeps) expect(ratio).toBeGreaterThanOrEqual(0.65);
}, 3_600_000);

it('a storm is no job for each reminder', async () => {
  const centre = await opened(SIZES[0]!);
  try {
    expect(await storm(centre)).toBeGreaterThanOrEqual(8);
  } finally {
    await centre.stop();
  }
}, 3_600_000);
