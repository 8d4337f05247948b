import { countSmsSegments } from '@wedsync/contracts/sms-segments';
import { plural } from '../../../lib/format.ts';

/**
 * How many segments a text takes as it is written. Fields count as they stand here; the check before
 * sending counts every guest's own text.
 */
export function SmsCounter({ text }: { text: string }) {
  const { encoding, segments, unitsLeft, foreign } = countSmsSegments(text);
  return (
    <div className="flex flex-col gap-1 text-ink-soft text-sm">
      <p>
        <span className="tabular font-medium text-ink">{plural(segments, 'segment')}</span>,{' '}
        <span className="tabular">{plural(unitsLeft, 'character')}</span> left in the last one.
        Carriers bill by segment; names and links make it longer for some guests.
      </p>
      {encoding === 'ucs2' ? (
        <p>
          {foreign.slice(0, 6).map((character) => (
            <kbd key={character} className="mr-1 rounded-sm bg-hover px-1 font-mono text-ink">
              {character}
            </kbd>
          ))}
          {foreign.length > 1 ? 'do not' : 'does not'} fit the short alphabet of text messages:
          segments hold 67 characters instead of 153.
        </p>
      ) : null}
    </div>
  );
}
