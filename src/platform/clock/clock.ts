/**
 * Where the time comes from: the only source of "now". Also the injection token, so that a test can provide another
 * clock and move it.
 */
export abstract class Clock {
  /** The present instant, as a value of the caller's own. */
  abstract now(): Date;
}

/** The clock of the machine. */
export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
