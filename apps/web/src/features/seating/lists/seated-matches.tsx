import type { FoundGuest } from '@wedsync/contracts/seating';
import { Button } from '@wedsync/ui/button';
import { useSeating } from '../plan-store.ts';
import { placeLine } from './guest-lines.ts';

/** Whom the search found although they have a seat: nobody wonders where a guest has gone. */
export function SeatedMatches({ found }: { found: readonly FoundGuest[] }) {
  const { index, actions } = useSeating();
  if (found.length === 0) return null;
  return (
    <section aria-label="Seated already" className="rounded-lg bg-sunken px-3.5 py-2.5 text-sm">
      <h2 className="font-medium">Seated already</h2>
      <ul className="m-0 list-none p-0">
        {found.map(({ guestId, name }) => {
          const place = index.assignments.get(guestId);
          const table = place && index.tables.get(place.tableId)?.table;
          return (
            <li key={guestId} className="flex min-h-8 items-center justify-between gap-3">
              <span className="min-w-0 truncate">
                {name}, {placeLine(place ?? null, table)}
              </span>
              <Button
                size="sm"
                variant="quiet"
                aria-label={`Show ${name} at the table`}
                onPress={() => place && actions.showTable(place.tableId)}
              >
                Show
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
