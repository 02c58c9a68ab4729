import { queueStores } from '../test/support/running/queue-store';
import { doubled, playTwice } from '../test/support/year/play-twice';
import { report } from './support/measure';

/** A whole year of the demo, two of them: one in which nothing goes wrong and one in which much does. */
const SPAN = { from: '2026-04-01T00:30:00Z', days: 365, killedOn: [40, 150, 290], emptiedOn: [220] };

describe.each(queueStores())('a year with its queue in $kind', (queue) => {
  it('leaves the same ledger whether or not workers are killed and the queue is emptied', async () => {
    const begun = performance.now();
    const { calm, troubled } = await playTwice(queue, SPAN);
    report(`a year, queue in ${queue.kind}`, {
      ...{ reminders: calm.reminders.length, mails: calm.taken.length, 'workers killed': troubled.kills },
      ...{ 'mails sent again after a kill': doubled(troubled).length, 'days frozen': troubled.frozen.length },
      'minutes for both': (performance.now() - begun) / 60_000,
    });
    expect(troubled.reminders).toEqual(calm.reminders);
    expect(troubled.digests).toEqual(calm.digests);
    expect(troubled.frozen).toEqual(calm.frozen);
    expect(new Set(troubled.taken).size).toBe(calm.taken.length);
    expect([calm.failedJobs, troubled.failedJobs]).toEqual([0, 0]);
  }, 3_600_000);
});
