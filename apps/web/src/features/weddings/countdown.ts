import { plural } from '../../lib/format.ts';

/** How far away a day is, as one says it. */
export function countdownWords(days: number): string {
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  if (days < 0) return `${plural(-days, 'day')} ago`;
  if (days <= 21) return `In ${plural(days, 'day')}`;
  if (days <= 120) return `In ${plural(Math.round(days / 7), 'week')}`;
  return `In ${plural(Math.round(days / 30.44), 'month')}`;
}
