import { OutageProofCount } from './outage-proof-count';
import { ownCount, type SharedCount, type Taken } from './shared-count';

/** A store that answers or fails as it is told. */
class Store implements SharedCount {
  asked = 0;
  answer: () => Promise<Taken> = () => Promise.resolve({ points: 100, endsInMs: 60_000 });
  take(): Promise<Taken> {
    this.asked += 1;
    return this.answer();
  }
  close(): void {}
}

const fails = () => Promise.reject(new Error('connection refused'));
let now: number;
let store: Store;
let lines: string[];
let count: OutageProofCount;

beforeEach(() => {
  [now, store, lines] = [0, new Store(), []];
  const write = (line: string): unknown => lines.push(line);
  count = new OutageProofCount(store, ownCount(), { warn: write, log: write }, () => now);
});

describe('a count whose store does not answer', () => {
  it('goes on in the process', async () => {
    store.answer = fails;
    expect((await count.take('a', 1)).points).toBe(1);
    expect((await count.take('a', 1)).points).toBe(2);
  });

  it('says so once, however long it lasts, and when it is over', async () => {
    store.answer = fails;
    for (now = 0; now < 60_000; now += 1_000) await count.take('a', 1);
    expect(lines).toEqual([expect.stringContaining('each process counts alone (connection refused)')]);
    store.answer = () => Promise.resolve({ points: 7, endsInMs: 1_000 });
    now += 5_000;
    expect((await count.take('a', 1)).points).toBe(7);
    expect(lines.slice(1)).toEqual([expect.stringContaining('answers again')]);
  });

  it('asks the store again after five seconds only, so that requests do not queue up for it', async () => {
    store.answer = fails;
    for (now = 0; now < 10_000; now += 100) await count.take('a', 1);
    expect(store.asked).toBe(2);
  });

  it('waits a second for it and no longer', async () => {
    store.answer = () => new Promise(() => undefined);
    const start = performance.now();
    expect((await count.take('a', 1)).points).toBe(1);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(lines).toEqual([expect.stringContaining('no answer within 1000 ms')]);
  });
});
