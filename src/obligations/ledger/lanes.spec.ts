import { setTimeout as sleep } from 'node:timers/promises';
import { bothOf, inTurns } from './lanes';

describe('what is done at once', () => {
  it('gives both results', async () => {
    expect(await bothOf(Promise.resolve(1), Promise.resolve('two'))).toEqual([1, 'two']);
  });

  it.each([
    ['first', async (slow: Promise<void>) => bothOf(Promise.reject(new Error('broken')), slow)],
    ['second', async (slow: Promise<void>) => bothOf(slow, Promise.reject(new Error('broken')))],
  ])('has ended on both sides when the %s of them fails', async (_which, both) => {
    let ended = false;
    const slow = sleep(20).then(() => void (ended = true));
    await expect(both(slow)).rejects.toThrow('broken');
    expect(ended).toBe(true);
  });
});

it('does everything in its order, and lets others have their turn in between', async () => {
  const all = Array.from({ length: 50 }, (_, n) => n);
  const done: (number | string)[] = [];
  setImmediate(() => done.push('another'));
  await inTurns(all, (n) => void done.push(n));
  expect(done.filter((one) => one !== 'another')).toEqual(all);
  expect(done.indexOf('another')).toBeGreaterThan(0);
  expect(done.indexOf('another')).toBeLessThan(50);
});
