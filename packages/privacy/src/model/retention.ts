import {
  contactsKeptMonthsRange,
  messageLedgerKeptMonths,
  type RetentionRule,
} from '@wedsync/contracts/privacy';

/** Values in the history of guests; that something was done stays longer. */
export const historyValuesKeptDays = 730;
/** What guests wrote by text message. */
export const inboundTextsKeptDays = 365;

const messageLedgerKeptDays = Math.round((messageLedgerKeptMonths / 12) * 365.25);

/** What goes by itself and when; the rooms that delete it are named in docs/adr. */
export const retentionRules: readonly RetentionRule[] = [
  { what: 'removed-guests', keptDays: 30, since: 'removal' },
  { what: 'import-snapshots', keptDays: 30, since: 'import' },
  { what: 'inbound-texts', keptDays: inboundTextsKeptDays, since: 'arrival' },
  { what: 'history-values', keptDays: historyValuesKeptDays, since: 'change' },
  // Months that ended longer ago are dropped as a whole, with their deliveries and reports.
  { what: 'message-ledger', keptDays: messageLedgerKeptDays, since: 'month-end' },
  { what: 'message-reports', keptDays: messageLedgerKeptDays, since: 'month-end' },
  { what: 'contacts', keptDays: null, since: 'wedding-day' },
];

/**
 * The first day on which contacts are gone: some months after the wedding day.
 * @param date `YYYY-MM-DD`
 */
export function contactsEndOn(date: string | null, keptMonths: number | null): string | null {
  if (date === null || keptMonths === null) return null;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const months = year * 12 + (month - 1) + keptMonths;
  const [endYear, endMonth] = [Math.floor(months / 12), months % 12];
  // As PostgreSQL adds months: the 31st becomes the last day of a shorter month.
  const lastDay = new Date(Date.UTC(endYear, endMonth + 1, 0)).getUTCDate();
  const end = new Date(Date.UTC(endYear, endMonth, Math.min(day, lastDay) + 1));
  return end.toISOString().slice(0, 10);
}

export const keptMonthsDefault: number = contactsKeptMonthsRange.default;
