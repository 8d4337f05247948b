import type { Preflight } from '@wedsync/contracts/communications-control';
import type { SmsEstimate } from '@wedsync/contracts/communications-sms';
import { isOpenNow, zonesOfCountry } from './quiet-hours.ts';

/** When the last one is through at this rate; null where nobody gets anything. */
export function estimateFinish(
  startsAt: Date,
  sends: number,
  { perSecond }: Preflight['rate'],
): Date | null {
  if (sends === 0) return null;
  return new Date(startsAt.getTime() + Math.ceil(sends / perSecond) * 1_000);
}

const clockIn = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);

export interface LocalTimesInput {
  at: Date;
  /** The wedding's zone: where guests are of whom nothing else is known. */
  zone: string;
  sends: number;
  sms: SmsEstimate | null;
}

/**
 * What time it is for the guests when a message leaves. An e-mail address says nothing about where
 * somebody is; a telephone number says in which country it was given out.
 */
export function localTimes({ at, zone, sends, sms }: LocalTimesInput): Preflight['localTimes'] {
  if (!sms) return [{ timeZone: zone, localTime: clockIn(zone, at), guests: sends, quiet: false }];
  return sms.countries.map(({ country, recipients }) => {
    const zones = country ? zonesOfCountry(country) : [];
    const places = zones.length > 0 ? zones : [zone];
    const [first = zone] = places;
    return {
      timeZone: first,
      localTime: clockIn(first, at),
      guests: recipients,
      // Texts wait until it is day in every zone of the country.
      quiet: !isOpenNow(places, at),
    };
  });
}
