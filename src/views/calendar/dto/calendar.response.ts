import { ApiProperty } from '@nestjs/swagger';
import { CALENDAR_KINDS, type CalendarKind } from './calendar.request';

export class CalendarSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;
}

/** Something that stands on a day. */
export class CalendarEvent {
  /** Of its kind: the obligation, drill, waiver or improvement item. */
  id: string;

  @ApiProperty({ enum: CALENDAR_KINDS })
  kind: CalendarKind;

  on: string;

  /** When it is to begin, of a drill. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startsAt: string | null;

  /** The rule, in the language of the caller; or what the drill or improvement item is called. */
  title: string;

  /** State of the obligation, status of the drill. */
  state: string;

  /** Null for what an organisation owes for itself. */
  @ApiProperty({ type: CalendarSystem, nullable: true })
  system: CalendarSystem | null;
}

/** How much stands on a day. */
export class CalendarDay {
  on: string;

  @ApiProperty({ type: 'integer' })
  count: number;

  /** Of it, what is overdue or has failed. */
  @ApiProperty({ type: 'integer' })
  late: number;
}

/** A day on which government offices are closed besides Saturdays and Sundays. */
export class CalendarHoliday {
  @ApiProperty({ type: String, format: 'date' })
  on: string;

  /** In the language of the caller. */
  name: string;
}

export class CalendarResponse {
  from: string;
  to: string;

  /** The day that it is for the office. */
  today: string;

  /** Days on which something stands, with exact counts. */
  @ApiProperty({ type: [CalendarDay] })
  days: CalendarDay[];

  @ApiProperty({ type: [CalendarHoliday] })
  holidays: CalendarHoliday[];

  /** Up to five of each day, up to 200 of a single day, none over more than 62 days: the late ones first, then drills, then what decides readiness. */
  @ApiProperty({ type: [CalendarEvent] })
  events: CalendarEvent[];
}
