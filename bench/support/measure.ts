import { performance } from 'node:perf_hooks';

/** How long `work` takes, in seconds: the best of `times` runs, since what else the machine does only ever adds. */
export async function seconds(work: () => Promise<unknown>, times = 1): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

/** With which power of the size a time grows: 1 means in proportion. */
export function exponent(small: { size: number; time: number }, large: { size: number; time: number }): number {
  return Math.log(large.time / small.time) / Math.log(large.size / small.size);
}

/** Prints one row of figures. */
export function report(name: string, figures: Readonly<Record<string, number>>): void {
  const told = Object.entries(figures).map(([figure, value]) => `${figure} ${value.toFixed(2)}`);
  process.stdout.write(`${name}: ${told.join(', ')}\n`);
}
