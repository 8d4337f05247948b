import type { AudienceCheck } from '@wedsync/contracts/communications';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { Skeleton } from '@wedsync/ui/skeleton';
import { plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { reasonWords } from '../delivery-words.ts';
import { channelUnits } from '../message-words.ts';

interface AudienceResultProps {
  weddingId: string;
  channel: MessageChannel;
  check: AudienceCheck | undefined;
  error: unknown;
}

/** How many messages it would be now, and who gets none and why. */
export function AudienceResult({ weddingId, channel, check, error }: AudienceResultProps) {
  if (error) return <FailureNote error={error} />;
  if (!check) return <Skeleton className="h-16 w-full" />;
  return (
    <div className="rounded-lg bg-sunken px-4 py-3" aria-live="polite">
      <p>
        <strong className="font-semibold">{plural(check.emails, ...channelUnits[channel])}</strong>{' '}
        to {plural(check.households, 'household')} with {plural(check.guests, 'guest')}
      </p>
      {check.skips.length > 0 ? (
        <ul className="mt-2 list-none space-y-1 p-0 text-ink-soft text-sm">
          {check.skips.map(({ reason, count }) => (
            <li key={reason}>
              {reasonWords[reason]}: {plural(count, 'guest')}
            </li>
          ))}
        </ul>
      ) : null}
      {check.unreached.length > 0 ? (
        <details className="mt-2 text-sm">
          <summary className="min-h-6 cursor-pointer">
            Nobody of these would hear from you ({check.unreached.length})
          </summary>
          <ul className="mt-1.5 max-h-48 list-none space-y-1 overflow-auto p-0">
            {check.unreached.map((guest) => (
              <li key={guest.guestId}>
                <Link href={paths.guest(weddingId, guest.guestId)}>
                  {guest.name || 'Guest to be named'}
                </Link>{' '}
                <span className="text-ink-soft">{reasonWords[guest.reason]}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
