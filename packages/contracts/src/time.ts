import { z } from 'zod';

const zoneExists = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** An IANA time zone known to this runtime, e.g. `Europe/Lisbon`. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(zoneExists, { error: 'Choose a time zone from the list, for example Europe/Lisbon.' });

/** A calendar day without time, `YYYY-MM-DD`, always in the wedding's zone. */
export const IsoDate = z.iso.date();

/** Wall time of a day, `HH:MM`, always in the wedding's zone. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: 'Write the time as HH:MM, for example 16:30.',
});

/** An instant as ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true });
