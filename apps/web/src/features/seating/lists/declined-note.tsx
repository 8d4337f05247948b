import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { plural } from '@wedsync/ui/format';
import { useMemo } from 'react';
import { guestName } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';
import { placeLine } from './guest-lines.ts';
import { declinedGuests } from './plan-lookups.ts';

/** Guests who said no after they had been seated: their chairs wait to be freed. */
export function DeclinedNote() {
  const { index, canEdit, actions } = useSeating();
  const declined = useMemo(() => declinedGuests(index), [index]);
  if (declined.length === 0) return null;
  const [first] = declined;
  return (
    <Callout
      tone="caution"
      title={
        declined.length === 1 && first
          ? `${guestName(first)} is not coming any more`
          : `${plural(declined.length, 'guest')} are not coming any more`
      }
      actions={
        canEdit ? (
          <Button size="sm" onPress={() => void actions.unseat(declined.map(({ id }) => id))}>
            {declined.length === 1 ? 'Free the seat' : `Free the ${declined.length} seats`}
          </Button>
        ) : undefined
      }
    >
      <ul className="m-0 list-none p-0 text-sm">
        {declined.slice(0, 5).map((guest) => {
          const place = index.assignments.get(guest.id) ?? null;
          const table = place ? index.tables.get(place.tableId)?.table : undefined;
          return (
            <li key={guest.id}>
              {declined.length > 1 ? `${guestName(guest)}, still at ` : 'Still at '}
              {placeLine(place, table)}
            </li>
          );
        })}
        {declined.length > 5 ? <li>and {declined.length - 5} more</li> : null}
      </ul>
    </Callout>
  );
}
