import type { SmsPrice } from '@wedsync/contracts/communications-sms';

/** A country by its name in the reader's language; null is the price of all others. */
export const countryName = (code: string | null): string =>
  code
    ? (new Intl.DisplayNames(navigator.language, { type: 'region' }).of(code) ?? code)
    : 'All other countries';

/** Fractions of a cent matter here: up to six places. */
export const priceWords = ({ microsPerSegment, currency }: SmsPrice): string =>
  new Intl.NumberFormat(navigator.language, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(microsPerSegment / 1_000_000);
