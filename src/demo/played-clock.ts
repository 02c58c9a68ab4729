import { Clock } from '../platform/clock/clock';

/** The time in a past that is played: it stands still until it is set. */
export class PlayedClock extends Clock {
  constructor(private at: Date) {
    super();
  }

  override now(): Date {
    return new Date(this.at);
  }

  set(at: Date): void {
    this.at = at;
  }
}
