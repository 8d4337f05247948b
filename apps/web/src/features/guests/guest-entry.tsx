import type { GuestRow } from '@wedsync/contracts/guests';
import type { GridColumn } from '@wedsync/ui/data-grid';
import { StatusDot } from '@wedsync/ui/status-dot';
import type { ColumnInput } from './guest-columns.tsx';
import { answerTones, answerWords, guestName } from './words.ts';

/** A guest as one entry: who, with whom, and the answer to each event they are invited to. */
function GuestEntry({ row, input }: { row: GuestRow; input: ColumnInput }) {
  const invited = input.events.filter(({ id }) => row.answers[id] !== undefined);
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => input.onOpen(row.id)}
      className="-mx-1 flex h-full min-w-0 flex-1 cursor-pointer flex-col justify-center gap-0.5 px-1 text-left"
    >
      <span className={`truncate font-medium ${row.firstName || row.lastName ? '' : 'italic'}`}>
        {guestName(row)}
      </span>
      <span className="truncate text-ink-soft text-sm">{row.householdName}</span>
      <span className="flex min-w-0 gap-x-3 overflow-hidden text-sm">
        {invited.map((event) => (
          <StatusDot key={event.id} tone={answerTones[row.answers[event.id] ?? 'outstanding']}>
            {event.name}
            <span className="sr-only">: {answerWords[row.answers[event.id] ?? 'outstanding']}</span>
          </StatusDot>
        ))}
        {invited.length === 0 ? <span className="text-ink-faint">Not invited</span> : null}
      </span>
    </button>
  );
}

/** The guest list on a phone: one entry a guest, nothing to scroll sideways. */
export function guestEntries(input: ColumnInput): {
  column: GridColumn<GuestRow>;
  rowHeight: number;
} {
  return {
    rowHeight: 84,
    column: {
      id: 'guest',
      header: 'Guest',
      width: 'minmax(0,1fr)',
      cell: (row) => <GuestEntry row={row} input={input} />,
      sortValue: (row) => `${row.lastName} ${row.firstName}`,
    },
  };
}
