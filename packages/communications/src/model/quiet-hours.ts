import { smsHours } from '@wedsync/contracts/communications-sms';
import { getCountries, parsePhoneNumber } from 'libphonenumber-js/max';

declare global {
  namespace Intl {
    interface Locale {
      /** ECMA-402 Intl Locale Info, which TypeScript's library does not declare yet. */
      getTimeZones(): string[] | undefined;
    }
  }
}

/**
 * When a text may reach somebody: between 8:00 and 21:00 by the clock of where that person is (the
 * strictest common reading of 47 CFR 64.1200(c)(1) and its kin). A number says in which country it
 * was given out, not where its owner sleeps, so a country of several zones is open only while all
 * of them are. Zones and their changes of the clock come from the runtime's IANA data.
 */

const quarterMs = 900_000;
/** A text handed over in the last minute could arrive after the hour. */
const closingMarginMs = 60_000;
const searchedDays = 3;

/** Territories with telephones whose zones CLDR does not list by region. */
const zonesBesides: Record<string, readonly string[]> = {
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
  XK: ['Europe/Belgrade'],
};

const countries: ReadonlySet<string> = new Set(getCountries());
const zonesByCountry = new Map<string, readonly string[]>();

/** The zones of a country (ISO 3166-1), empty for anything that is none. */
export function zonesOfCountry(country: string): readonly string[] {
  if (!countries.has(country)) return [];
  const known = zonesByCountry.get(country);
  if (known) return known;
  const listed = new Intl.Locale(`und-${country}`).getTimeZones() ?? [];
  const zones = listed.length > 0 ? listed : (zonesBesides[country] ?? []);
  zonesByCountry.set(country, zones);
  return zones;
}

/** The country a number was given out in; null for satellites and numbers of several countries. */
export function countryOfPhone(phone: string): string | null {
  try {
    return parsePhoneNumber(phone).country ?? null;
  } catch {
    return null;
  }
}

/**
 * Where the owner of a number may be: the zones of its country, or the wedding's where the number
 * names none. Sorted, so that equal sets are written alike.
 */
export function zonesOfPhone(phone: string, weddingZone: string): readonly string[] {
  const country = countryOfPhone(phone);
  const zones = country ? zonesOfCountry(country) : [];
  return zones.length > 0 ? zones : [weddingZone];
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const clock = new Intl.DateTimeFormat('en-GB', options);
  clocks.set(zone, clock);
  return clock;
}

/** `HH:MM` on the wall of a zone; compared as text. */
const wallTime = (zone: string, at: number) => clockOf(zone).format(at);

function isOpenIn(zone: string, at: number): boolean {
  const time = wallTime(zone, at);
  return time >= smsHours.from && time < smsHours.until;
}

/** Every zone of today is a whole number of quarters from UTC, and so are its changes. */
const openQuarters = new Map<string, boolean>();
const openQuartersMax = 20_000;
function isQuarterOpen(zones: readonly string[], at: number): boolean {
  const quarter = Math.floor(at / quarterMs);
  const key = `${zones.join()} ${quarter}`;
  const known = openQuarters.get(key);
  if (known !== undefined) return known;
  if (openQuarters.size >= openQuartersMax) openQuarters.clear();
  const isOpen = zones.every((zone) => isOpenIn(zone, quarter * quarterMs));
  openQuarters.set(key, isOpen);
  return isOpen;
}

/** Whether a text may leave at this moment for somebody in one of these zones. */
export function isOpenNow(zones: readonly string[], at: Date): boolean {
  const time = at.getTime();
  return isQuarterOpen(zones, time) && isQuarterOpen(zones, time + closingMarginMs);
}

/**
 * The first moment from `at` on at which a text may leave: `at` itself where it is open. Null where
 * the zones are never open together, which no country is.
 */
export function nextOpening(zones: readonly string[], at: Date): Date | null {
  if (isOpenNow(zones, at)) return at;
  const first = Math.floor(at.getTime() / quarterMs) + 1;
  const last = first + (searchedDays * 86_400_000) / quarterMs;
  for (let quarter = first; quarter <= last; quarter++) {
    const candidate = new Date(quarter * quarterMs);
    if (isOpenNow(zones, candidate)) return candidate;
  }
  return null;
}
