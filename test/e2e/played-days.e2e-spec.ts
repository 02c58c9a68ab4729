import { queueStores } from '../support/running/queue-store';
import type { Played } from '../support/year/play';
import { doubled, playTwice } from '../support/year/play-twice';

/** `npm run bench -- year` plays a whole one; in these weeks every stage of an escalation is reached. */
const SPAN = { from: '2026-11-24T00:30:00Z', days: 35, killedOn: [13], emptiedOn: [19] };

describe.each(queueStores())('weeks of the demo with their queue in $kind, played day by day', (queue) => {
  let calm: Played;
  let troubled: Played;

  beforeAll(async () => {
    ({ calm, troubled } = await playTwice(queue, SPAN));
  }, 600_000);

  it('remind, escalate, and send a digest a day', () => {
    expect(calm.reminders.length).toBeGreaterThan(200);
    expect(calm.reminders.filter((line) => line.includes(' ESCALATION ')).length).toBeGreaterThan(10);
    expect(calm.digests.filter((line) => line.includes(' SENT ')).length).toBe(calm.taken.length);
    expect(calm.frozen.length).toBeGreaterThanOrEqual(SPAN.days);
    expect(calm.failedJobs).toBe(0);
  });

  it('leave the same ledger after a worker was killed and the queue was emptied: none lost, none doubled', () => {
    expect(troubled.kills).toBe(1);
    expect(troubled.reminders).toEqual(calm.reminders);
    expect(troubled.digests).toEqual(calm.digests);
    expect(troubled.frozen).toEqual(calm.frozen);
    expect(troubled.failedJobs).toBe(0);
  });

  it('sent every digest to who it was for, and once but for what was in flight when the worker was killed', () => {
    expect(new Set(troubled.taken).size).toBe(calm.taken.length);
    // A mail that the server has taken and the dead worker could not write down is sent again, under the same id: four are in flight at most.
    expect(doubled(troubled).length).toBeLessThanOrEqual(4 * troubled.kills);
    expect(doubled(calm)).toEqual([]);
  });
});
