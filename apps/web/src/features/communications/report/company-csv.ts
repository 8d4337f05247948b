import { type DeliveryState, deliveryStates } from '@wedsync/contracts/communications';
import type { OrganizationStatistics } from '@wedsync/contracts/communications-statistics';

/** A cell of a spreadsheet: nothing in it runs as a formula (OWASP, CSV injection). */
function cellOf(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The same numbers as a file: a line per wedding and channel, a column per state. */
export function companyCsv({ weddings }: OrganizationStatistics): string {
  const head = ['wedding', 'channel', ...deliveryStates];
  const lines = weddings.flatMap(({ title, channels }) =>
    channels.map(({ channel, counts }) => [
      title,
      channel,
      ...deliveryStates.map((state: DeliveryState) => counts[state] ?? 0),
    ]),
  );
  return `\ufeff${[head, ...lines].map((line) => line.map(cellOf).join(',')).join('\r\n')}\r\n`;
}
