import { type SharedCount, WINDOW_SECONDS } from './shared-count';

/** Whether one more request is let in, and what is left until when. */
export interface Admission {
  admitted: boolean;
  limit: number;
  left: number;
  endsInMs: number;
}

/** Points that this process has taken out of the shared count and may give away without asking again. */
interface Lease {
  held: number;
  /** What was left in the shared count when these were taken. */
  left: number;
  endsAt: number;
}

/** A lease is this part of the limit, so that a busy key costs the store one write in so many requests. */
const LEASES_PER_WINDOW = 20;

/**
 * At most `limit` requests a minute and key, over all processes that share the count. Points are leased in chunks of a twentieth of the limit:
 * never are more let in than the limit, and at most one chunk fewer for each other process. Once a key is used up, this process refuses it
 * from memory until its window ends.
 */
export class LeasedLimit {
  private leases = new Map<string, Promise<Lease>>();
  private forgottenAt: number;
  private readonly chunk: number;

  /** @param elapsed milliseconds since any fixed instant */
  constructor(
    readonly name: string,
    private readonly limit: number,
    private readonly count: SharedCount,
    private readonly elapsed: () => number,
  ) {
    this.chunk = Math.max(1, Math.floor(limit / LEASES_PER_WINDOW));
    this.forgottenAt = elapsed();
  }

  async take(key: string): Promise<Admission> {
    this.forgetOld();
    for (;;) {
      const pending = this.leases.get(key) ?? this.lease(key);
      const lease = await pending;
      const endsInMs = lease.endsAt - this.elapsed();
      const usedUp = lease.held === 0;
      if (endsInMs > 0 && (!usedUp || lease.left === 0)) {
        if (!usedUp) lease.held -= 1;
        return { admitted: !usedUp, limit: this.limit, left: lease.left + lease.held, endsInMs };
      }
      // Many may have waited for the same lease; the first of them to find it used up asks for the next one.
      if (this.leases.get(key) === pending) this.leases.delete(key);
    }
  }

  private lease(key: string): Promise<Lease> {
    const pending = this.count.take(`${this.name}:${key}`, this.chunk).then(({ points, endsInMs }) => ({
      held: Math.min(this.chunk, Math.max(0, this.limit - (points - this.chunk))),
      left: Math.max(0, this.limit - points),
      endsAt: this.elapsed() + Math.max(1, endsInMs),
    }));
    this.leases.set(key, pending);
    return pending;
  }

  /** Addresses come and go: what is held for them is given up once a window, and asked for again where it is needed. */
  private forgetOld(): void {
    if (this.elapsed() - this.forgottenAt < WINDOW_SECONDS * 1000) return;
    this.leases = new Map();
    this.forgottenAt = this.elapsed();
  }
}
