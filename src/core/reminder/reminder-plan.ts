import { Tier } from '../importance/tier';
import { CivilDate, addDays, daysBetween } from '../time/civil-date';
import { addBusinessDays } from '../time/business-days';

/** OWNER: owner and deputy. MANAGER: ISO. CISO_OFFICE: the office of the CISO. */
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

/** Working days after the due day at which each audience is told, by tier (domain.md section 6). */
const ESCALATION: Record<Tier, readonly { audience: Audience; workingDays: number }[]> = {
  HIGH: [
    { audience: 'MANAGER', workingDays: 3 },
    { audience: 'CISO_OFFICE', workingDays: 14 },
  ],
  MODERATE: [{ audience: 'MANAGER', workingDays: 7 }],
  LOW: [{ audience: 'MANAGER', workingDays: 14 }],
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
    offsetDays: -days,
    on: addDays(dueOn, -days),
  }));
  const lastWeek = Math.floor(Math.max(0, daysBetween(dueOn, until)) / WEEK);
  const weekly = Array.from({ length: Math.max(0, lastWeek - 1) }, (_, index) => (index + 2) * WEEK);
  const overdue = [...OVERDUE_DAYS, ...weekly].map((days): PlannedReminder => ({
    stage: 'OVERDUE',
    audience: 'OWNER',
    offsetDays: days,
    on: addDays(dueOn, days),
  }));
  const escalations = ESCALATION[tier].map(({ audience, workingDays }): PlannedReminder => ({
    stage: 'ESCALATION',
    audience,
    offsetDays: workingDays,
    on: addBusinessDays(dueOn, workingDays, isHoliday),
  }));
  return [...leads, ...overdue, ...escalations]
    .filter(({ on }) => on <= until)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.offsetDays - b.offsetDays));
}

/** The day of the first notice after `after`; there always is one, since an overdue duty is named every week. */
export function nextReminderOn(
  occasion: Occasion,
  after: CivilDate,
  isHoliday: (date: CivilDate) => boolean,
): CivilDate {
  const horizon = addDays(after > occasion.dueOn ? after : occasion.dueOn, 2 * WEEK);
  const next = planReminders(occasion, horizon, isHoliday).find(({ on }) => on > after);
  return next ? next.on : addDays(horizon, 1);
}

/**
 * What to send now, given that everything up to `through` (exclusive start: null = nothing yet) has been handled: for each audience only
 * the latest notice of the days missed, so that an outage is made up without a flood (experience.md section 1).
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
