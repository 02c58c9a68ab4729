import { Clock } from '../../src/platform/clock/clock';

/** A clock that stands still until it is told otherwise. Takes instants as Date or RFC 3339 text. */
export class SettableClock extends Clock {
  private millis: number;

  constructor(start: Date | string) {
    super();
    this.set(start);
  }

  override now(): Date {
    return new Date(this.millis);
  }

  /** Puts the clock to an instant, earlier or later. Throws RangeError when the text is none. */
  set(instant: Date | string): void {
    const millis = new Date(instant).getTime();
    if (Number.isNaN(millis)) throw new RangeError(`${String(instant)} is not an instant`);
    this.millis = millis;
  }

  /** Moves the clock by elapsed time; a day is 24 hours. */
  advance({ days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): void {
    this.set(new Date(this.millis + ((days * 24 + hours) * 60 + minutes) * 60_000));
  }
}
