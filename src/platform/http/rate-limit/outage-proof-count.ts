import type { SharedCount, Taken } from './shared-count';

const PATIENCE_MS = 1_000;
const ASK_AGAIN_MS = 5_000;

/**
 * A count that goes on in this process while the shared store does not answer: requests are then limited by each process alone, and never
 * refused or held up because of the store. One line is written when that begins and one when it ends.
 */
export class OutageProofCount implements SharedCount {
  private askAgainAt = -Infinity;
  private out = false;

  /** @param elapsed milliseconds since any fixed instant */
  constructor(
    private readonly shared: SharedCount,
    private readonly own: SharedCount,
    private readonly logger: { warn(line: string): void; log(line: string): void },
    private readonly elapsed: () => number,
  ) {}

  async take(key: string, points: number): Promise<Taken> {
    if (this.elapsed() < this.askAgainAt) return this.own.take(key, points);
    try {
      const taken = await inTime(this.shared.take(key, points));
      if (this.out) this.logger.log('The store of the rate limits answers again: processes count together');
      this.out = false;
      return taken;
    } catch (error) {
      this.askAgainAt = this.elapsed() + ASK_AGAIN_MS;
      if (!this.out)
        this.logger.warn(
          `The store of the rate limits does not answer: each process counts alone (${(error as Error).message})`,
        );
      this.out = true;
      return this.own.take(key, points);
    }
  }

  close(): void {
    this.shared.close();
    this.own.close();
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
