const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `weddings.send-account-email` → "Send account email". */
export function jobTitle(jobName: string): string {
  const verb = jobName.slice(jobName.indexOf('.') + 1);
  return capitalize(verb.replaceAll('-', ' '));
}

/** `weddings.send-account-email` → "Weddings": whose work it is. */
export function jobRoom(jobName: string): string {
  return capitalize(jobName.slice(0, Math.max(0, jobName.indexOf('.'))).replaceAll('-', ' '));
}

/** What each queue is for. */
export const queueWords: Record<string, { title: string; note: string }> = {
  interactive: { title: 'Interactive', note: 'Somebody waits for it: single mails, small jobs' },
  bulk: { title: 'Bulk', note: 'Many rows at once: invitations to a whole guest list' },
  maintenance: { title: 'Maintenance', note: 'Nobody waits: clean-up and checks' },
};

const everyUnits: [string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function describeEvery(everyMs: number): string {
  const [name, size] = everyUnits.find(([, unit]) => everyMs % unit === 0) ?? ['millisecond', 1];
  const count = everyMs / size;
  return count === 1 ? `Every ${name}` : `Every ${count} ${name}s`;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const number = /^\d{1,2}$/;

/** The usual cron patterns in words; any other as it is, for those who read cron. */
function describePattern(pattern: string): string {
  const [minute = '', hour = '', day, month, weekday = ''] = pattern.trim().split(/\s+/);
  const isDaily = number.test(minute) && number.test(hour) && day === '*' && month === '*';
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (isDaily && weekday === '*') return `Every day at ${time}`;
  const name = number.test(weekday) ? weekdays[Number(weekday) % 7] : undefined;
  if (isDaily && name) return `Every ${name} at ${time}`;
  if (number.test(minute) && pattern.trim().endsWith('* * * *'))
    return `Every hour at minute ${minute}`;
  return pattern;
}

/** When a schedule runs, in words: "Every hour", "Every day at 03:15 (Europe/Lisbon)". */
export function describeSchedule(schedule: {
  pattern: string | null;
  everyMs: number | null;
  tz: string;
}): string {
  if (schedule.everyMs) return describeEvery(schedule.everyMs);
  return schedule.pattern ? `${describePattern(schedule.pattern)} (${schedule.tz})` : 'Not planned';
}
