import {
  addDays,
  anchorDay,
  type DayAnchor,
  type WeddingDates,
  zonedMoment,
} from './schedule-times.ts';

/** When a rule writes its message. */
export interface ReminderTimes extends DayAnchor {
  days: number;
  /** `HH:MM`, or `HH:MM:SS` as the database has it. */
  atTime: string;
}

/** One day on which a rule writes a message, and when. */
export interface Occurrence {
  day: string;
  at: Date;
}

/** The day a rule stands for as the dates are now; null while its date is undecided. */
export function occurrenceOf(rule: ReminderTimes, dates: WeddingDates): Occurrence | null {
  const anchor = anchorDay(rule, dates);
  if (anchor === null) return null;
  const day = addDays(anchor, rule.days);
  return { day, at: zonedMoment(day, rule.atTime, dates.timeZone) };
}

/** Longer ago than this nobody wants to be reminded any more. */
export const reminderLateMs = 7 * 86_400_000;

/**
 * Whether a rule is to write its message now. What came due before it was written, changed or resumed
 * is not made up for.
 */
export function isDue({ at }: Occurrence, armedAt: Date, now: Date): boolean {
  return at <= now && at >= armedAt && now.getTime() - at.getTime() <= reminderLateMs;
}
