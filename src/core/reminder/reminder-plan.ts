import { Tier } from '../importance/tier';
import { CivilDate, addDays, compareDates, daysBetween } from '../time/civil-date';
import { addBusinessDays } from '../time/business-days';

/** OWNER: owner and deputy. MANAGER: ISO. CISO_OFFICE: the Head ISO and the CISO, who sit in one office. */
export type Audience = 'OWNER' | 'MANAGER' | 'CISO_OFFICE';
export type Stage = 'LEAD' | 'DUE' | 'OVERDUE' | 'ESCALATION';

/** One planned notice: whom, on which civil day, how far from the due day (days; working days for an escalation). */
export interface PlannedReminder {
  stage: Stage;
  audience: Audience;
  offsetDays: number;
  on: CivilDate;
}

const OVERDUE_DAYS = [1, 3, 7] as const;
const WEEK = 7;

/** Working days after the due day at which each audience is told, by tier: ISO, Head ISO, and for HIGH the CISO (domain.md section 6). */
const ESCALATION: Record<Tier, readonly { audience: Audience; workingDays: number }[]> = {
  HIGH: [
    { audience: 'MANAGER', workingDays: 3 },
    { audience: 'CISO_OFFICE', workingDays: 7 },
    { audience: 'CISO_OFFICE', workingDays: 14 },
  ],
  MODERATE: [
    { audience: 'MANAGER', workingDays: 7 },
    { audience: 'CISO_OFFICE', workingDays: 21 },
  ],
  LOW: [
    { audience: 'MANAGER', workingDays: 14 },
    { audience: 'CISO_OFFICE', workingDays: 45 },
  ],
};

/** What a plan is made for. `dueOn` is the due day, or for a failure the day it failed. */
export interface Occasion {
  tier: Tier;
  dueOn: CivilDate;
  leadDays: readonly number[];
}

/**
 * Every notice up to and including `until`, in the order of their days: leads and due day to the owner, +1, +3, +7 then weekly
 * while overdue, and the escalation over working days (domain.md section 6).
 */
export function planReminders(
  occasion: Occasion,
  until: CivilDate,
  isHoliday: (date: CivilDate) => boolean,
): PlannedReminder[] {
  const { dueOn, leadDays, tier } = occasion;
  const leads = leadDays.map((days): PlannedReminder => ({
    stage: days === 0 ? 'DUE' : 'LEAD',
    audience: 'OWNER',
    offsetDays: 0 - days, // never -0, which is another key
    on: addDays(dueOn, -days),
  }));
  const daysOverdue = daysBetween(dueOn, until);
  const weekly = Array.from({ length: Math.max(0, Math.floor(daysOverdue / WEEK)) }, (_, index) => (index + 2) * WEEK);
  const overdue = [...OVERDUE_DAYS, ...weekly].map((days): PlannedReminder => ({
    stage: 'OVERDUE',
    audience: 'OWNER',
    offsetDays: days,
    on: addDays(dueOn, days),
  }));
  // Working days take at least as long, so the holidays are asked only for what may be within `until`.
  const escalations = ESCALATION[tier]
    .filter(({ workingDays }) => workingDays <= daysOverdue)
    .map(({ audience, workingDays }): PlannedReminder => ({
      stage: 'ESCALATION',
      audience,
      offsetDays: workingDays,
      on: addBusinessDays(dueOn, workingDays, isHoliday),
    }));
  return [...leads, ...overdue, ...escalations]
    .filter(({ on }) => on <= until)
    .sort((a, b) => compareDates(a.on, b.on));
}

/** The day of the first notice after `after`; there always is one, since an overdue duty is named every week. */
export function nextReminderOn(
  occasion: Occasion,
  after: CivilDate,
  isHoliday: (date: CivilDate) => boolean,
): CivilDate {
  const { dueOn } = occasion;
  const horizon = after < dueOn ? addDays(dueOn, 1) : addDays(after, WEEK);
  return planReminders(occasion, horizon, isHoliday).find(({ on }) => on > after)?.on ?? horizon;
}

/**
 * What to send now, given that everything up to `through` (exclusive start: null = nothing yet) has been handled: for each audience only
 * the latest notice of the days missed, so that an outage is made up without a flood (domain.md section 6).
 */
export function dueReminders(
  occasion: Occasion,
  through: CivilDate | null,
  today: CivilDate,
  isHoliday: (date: CivilDate) => boolean,
): PlannedReminder[] {
  const pending = planReminders(occasion, today, isHoliday).filter(({ on }) => through === null || on > through);
  const latest = new Map<Audience, PlannedReminder>();
  for (const reminder of pending) latest.set(reminder.audience, reminder);
  return [...latest.values()];
}
