import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { guestName } from '../../guests/words.ts';
import { placeLine, tableTitle } from '../lists/guest-lines.ts';
import { useSeating } from '../plan-store.ts';

/** Why no plan can keep every rule: the smallest set of people and tables that shows it. */
export function InfeasibleNote({ reason }: { reason: NonNullable<SeatingRun['infeasible']> }) {
  const { index, actions } = useSeating();
  const guests = reason.guestIds.flatMap((id) => index.guests.get(id) ?? []);
  const tables = reason.tableIds.flatMap((id) => index.tables.get(id)?.table ?? []);
  return (
    <Callout tone="critical" title="No plan can keep every rule" isLive>
      <p>{reason.message}</p>
      {guests.length > 0 ? (
        <>
          <p className="mt-3 font-medium text-sm">Who it is about</p>
          <ul className="m-0 list-none p-0 text-sm">
            {guests.map((guest) => {
              const seat = index.assignments.get(guest.id) ?? null;
              const place = placeLine(
                seat,
                seat ? index.tables.get(seat.tableId)?.table : undefined,
              );
              return (
                <li key={guest.id}>
                  {guestName(guest)}
                  {place ? <span className="text-ink-soft">, {place}</span> : null}
                  {seat?.isLocked ? <span className="text-ink-soft">, locked</span> : null}
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
      {tables.length > 0 ? (
        <div className="mt-3 flex flex-wrap gap-1.5">
          {tables.map((table) => (
            <Button key={table.id} size="sm" onPress={() => actions.showTable(table.id)}>
              Show {tableTitle(table).toLowerCase()}
            </Button>
          ))}
        </div>
      ) : null}
      <p className="mt-3 text-sm">
        What helps: take one of the rules away, unlock somebody named here, or add seats or a table
        that offers what is needed. Then try again.
      </p>
    </Callout>
  );
}
