import { LeasedLimit } from './leased-limit';
import type { SharedCount, Taken } from './shared-count';

/** A store whose windows follow the clock of the test. */
class Store implements SharedCount {
  writes = 0;
  private readonly windows = new Map<string, { points: number; endsAt: number }>();

  async take(key: string, points: number): Promise<Taken> {
    this.writes += 1;
    await Promise.resolve();
    const present = this.windows.get(key);
    const window = present && present.endsAt > now ? present : { points: 0, endsAt: now + 60_000 };
    window.points += points;
    this.windows.set(key, window);
    return { points: window.points, endsInMs: window.endsAt - now };
  }

  close(): void {}
}

let now: number;
let store: Store;
beforeEach(() => {
  [now, store] = [0, new Store()];
});

const limitOf = (limit: number): LeasedLimit => new LeasedLimit('address', limit, store, () => now);

async function admitted(limit: LeasedLimit, times: number, key = 'a'): Promise<number> {
  const answers = await Promise.all(Array.from({ length: times }, () => limit.take(key)));
  return answers.filter(({ admitted: isIn }) => isIn).length;
}

describe('a limit', () => {
  it.each([1, 7, 20, 45, 600])('of %s lets exactly so many in within a minute, also all at once', async (limit) => {
    expect(await admitted(limitOf(limit), limit + 50)).toBe(limit);
  });

  it('lets as many in again when the minute is over', async () => {
    const limit = limitOf(40);
    await admitted(limit, 50);
    now = 59_999;
    expect(await admitted(limit, 50)).toBe(0);
    now = 60_000;
    expect(await admitted(limit, 50)).toBe(40);
  });

  it('counts each key for itself', async () => {
    const limit = limitOf(10);
    expect([await admitted(limit, 20, 'a'), await admitted(limit, 20, 'b')]).toEqual([10, 10]);
  });

  it('writes to the store once in thirty requests of six hundred, and not at all for who is refused', async () => {
    const limit = limitOf(600);
    await admitted(limit, 600);
    expect(store.writes).toBe(20);
    await admitted(limit, 1_000);
    expect(store.writes).toBe(20);
  });

  it('is one for two processes: together they never pass it, and miss at most what each may hold', async () => {
    const [one, other] = [limitOf(600), limitOf(600)];
    let total = 0;
    for (let n = 0; n < 400; n++) total += (await admitted(one, 1)) + (await admitted(other, 1));
    expect(total).toBe(600);
    const third = limitOf(600);
    expect(await admitted(third, 10)).toBe(0);
  });

  it('tells what is left and for how long', async () => {
    const limit = limitOf(60);
    expect(await limit.take('a')).toEqual({ admitted: true, limit: 60, left: 59, endsInMs: 60_000 });
    now = 20_000;
    await admitted(limit, 58);
    expect(await limit.take('a')).toEqual({ admitted: true, limit: 60, left: 0, endsInMs: 40_000 });
    expect(await limit.take('a')).toEqual({ admitted: false, limit: 60, left: 0, endsInMs: 40_000 });
  });
});
