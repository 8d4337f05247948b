import type { SeatingWarning } from '@wedsync/contracts/seating-rules';
import type { SeatingDiff, SeatingMove } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { plural } from '@wedsync/ui/format';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useState } from 'react';
import { tableLine } from '../lists/guest-lines.ts';
import { moveGroups, warningChanges } from './diff-groups.ts';

interface DiffViewProps {
  diff: SeatingDiff;
  /** Heads of the two columns: "Now" and "In the version". */
  heads: readonly [now: string, then: string];
}

const shownMax = 50;
/** So many warnings of a kind are named; the rest is counted. */
const namedMax = 6;

function placeWords(place: SeatingMove['from']): string {
  return place
    ? `${tableLine({ label: place.tableLabel })}, seat ${place.seatNumber}`
    : 'without a seat';
}

function columnsOf([now, then]: DiffViewProps['heads']): TableColumn<SeatingMove>[] {
  return [
    { id: 'name', header: 'Guest', isRowHeader: true, cell: ({ name }) => name },
    {
      id: 'from',
      header: now,
      cell: ({ from }) => <span className="text-ink-soft">{placeWords(from)}</span>,
    },
    { id: 'to', header: then, cell: ({ to }) => placeWords(to) },
  ];
}

function MoveList(props: {
  title: string;
  moves: readonly SeatingMove[];
  heads: DiffViewProps['heads'];
}) {
  const { title, moves, heads } = props;
  const [isWhole, setWhole] = useState(false);
  if (moves.length === 0) return null;
  const shown = isWhole ? moves : moves.slice(0, shownMax);
  return (
    <section className="-mx-5">
      <h3 className="px-5 font-display text-lg">
        {title} <span className="tabular text-ink-soft">{moves.length}</span>
      </h3>
      <Table
        label={title}
        columns={columnsOf(heads)}
        rows={shown}
        rowId={({ guestId }) => guestId}
      />
      {shown.length < moves.length ? (
        <Button size="sm" className="mx-5 mt-2" onPress={() => setWhole(true)}>
          Show all {moves.length}
        </Button>
      ) : null}
    </section>
  );
}

function countWords(warnings: readonly SeatingWarning[]): string {
  const broken = warnings.filter(({ severity }) => severity === 'rule').length;
  if (broken === 0) return plural(warnings.length, 'warning');
  return `${plural(warnings.length, 'warning')} (${plural(broken, 'broken rule')})`;
}

function More({ count, what }: { count: number; what: string }) {
  return count > 0 ? (
    <li className="text-ink-soft">
      and {count} more {what}
    </li>
  ) : null;
}

function WarningChange({ diff }: { diff: SeatingDiff }) {
  const { mended, brought } = warningChanges(diff);
  const { before, after } = diff;
  return (
    <section>
      <h3 className="font-display text-lg">Warnings</h3>
      <p className="tabular text-ink-soft">
        {countWords(before.warnings)} now, {countWords(after.warnings)} afterwards.
      </p>
      {mended.length + brought.length > 0 ? (
        <ul className="m-0 mt-1.5 flex list-none flex-col gap-1 p-0 text-sm">
          {brought.slice(0, namedMax).map(({ message }) => (
            <li key={`new-${message}`}>
              <StatusDot tone="caution" isLong>
                <span>New: {message}</span>
              </StatusDot>
            </li>
          ))}
          <More count={brought.length - namedMax} what="new" />
          {mended.slice(0, namedMax).map(({ message }) => (
            <li key={`gone-${message}`}>
              <StatusDot tone="positive" isLong>
                <span>Mended: {message}</span>
              </StatusDot>
            </li>
          ))}
          <More count={mended.length - namedMax} what="mended" />
        </ul>
      ) : null}
    </section>
  );
}

/** What a change would do: who goes where, what gets better and worse, what no longer fits. */
export function DiffView({ diff, heads }: DiffViewProps) {
  const groups = moveGroups(diff.moves);
  const { dropped } = diff;
  return (
    <div className="flex flex-col gap-6">
      {dropped.length > 0 ? (
        <Callout
          tone="info"
          title={`${plural(dropped.length, 'move')} left out, because the plan has changed since`}
        >
          <ul className="m-0 list-none p-0 text-sm">
            {dropped.slice(0, namedMax).map(({ guestId, name, reason }) => (
              <li key={guestId}>
                {name}: {reason}
              </li>
            ))}
            <More count={dropped.length - namedMax} what="left out" />
          </ul>
        </Callout>
      ) : null}
      {diff.moves.length === 0 ? (
        <p>Nobody would change seats: the plan is like that already.</p>
      ) : null}
      <WarningChange diff={diff} />
      <MoveList title="Lose their seat" moves={groups.unseated} heads={heads} />
      <MoveList title="Go to another table" moves={groups.moved} heads={heads} />
      <MoveList title="Get a seat" moves={groups.seated} heads={heads} />
      <MoveList title="Another chair at the same table" moves={groups.shifted} heads={heads} />
    </div>
  );
}
