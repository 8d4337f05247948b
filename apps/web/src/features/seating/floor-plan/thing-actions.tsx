import { Button } from '@wedsync/ui/button';
import { IconButton } from '@wedsync/ui/icon-button';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { notifyUndo } from '@wedsync/ui/toast';
import {
  AlignHorizontalDistributeCenter,
  ChevronDown,
  Copy,
  Lock,
  LockOpen,
  Pencil,
  RotateCcw,
  RotateCw,
  Trash2,
  X,
} from 'lucide-react';
import { plural } from '../../../lib/format.ts';
import { usePlanStore, useSeating } from '../plan-store.ts';
import { BarLine } from './bar-line.tsx';
import { type Alignment, align } from './geometry/snap.ts';
import { turnSelected } from './nudge.ts';
import { featureWords, fixtureWords, shapeWords } from './seat-words.ts';

const alignments: Record<Alignment, string> = {
  row: 'In one row',
  column: 'In one column',
  'spread-across': 'Evenly across',
  'spread-down': 'Evenly down',
};

/** What can be done with the selected tables and fixtures. */
export function ThingActions({ onOpen }: { onOpen: (key: string) => void }) {
  const { index, selection, actions, canEdit, isArranging } = useSeating();
  const tables = [...selection.tableIds].flatMap((id) => index.tables.get(id) ?? []);
  const fixtures = [...selection.fixtureIds].flatMap((id) => index.fixtures.get(id) ?? []);
  const count = tables.length + fixtures.length;
  const [table] = tables;
  const [fixture] = fixtures;
  if (!table && !fixture) return null;
  const key = table ? `table:${table.table.id}` : `fixture:${fixture?.id}`;
  const title =
    count > 1
      ? plural(count, 'thing')
      : table
        ? `Table ${table.table.label}`
        : fixture?.label || fixtureWords[fixture?.kind ?? 'other'];
  const note = table
    ? [
        `${table.seatedCount} of ${plural(table.seats.length, 'seat')}`,
        shapeWords[table.table.shape],
        ...(table.table.zone ? [table.table.zone] : []),
        ...table.table.features.map((feature) => featureWords[feature]),
      ].join(' · ')
    : fixture
      ? fixtureWords[fixture.kind]
      : '';
  return (
    <BarLine title={title} note={count > 1 ? 'Drag one and all go along.' : note}>
      {canEdit ? (
        <>
          {count === 1 ? (
            <Button size="sm" className="h-11 sm:h-8" onPress={() => onOpen(key)}>
              <Pencil aria-hidden="true" />
              Edit
            </Button>
          ) : null}
          {table && fixtures.length === 0 ? <LockTables /> : null}
          {isArranging ? <ArrangeActions /> : null}
        </>
      ) : null}
      <IconButton
        label="Select nothing"
        className="max-sm:size-11"
        onPress={() => actions.select()}
      >
        <X aria-hidden="true" />
      </IconButton>
    </BarLine>
  );
}

function LockTables() {
  const { index, selection, actions } = useSeating();
  const ids = [...selection.tableIds];
  const areLocked = ids.every((id) => index.tables.get(id)?.table.isLocked);
  return (
    <Button
      size="sm"
      className="h-11 sm:h-8"
      onPress={() => {
        for (const id of ids) void actions.updateTable(id, { isLocked: !areLocked });
      }}
    >
      {areLocked ? <LockOpen aria-hidden="true" /> : <Lock aria-hidden="true" />}
      {areLocked ? 'Unlock' : 'Lock'}
    </Button>
  );
}

/** Copies stand a little below, with labels that are not in use. */
function useDuplicate() {
  const { index, selection, actions } = useSeating();
  return () => {
    const labels = new Set(index.tableList.map(({ table }) => table.label));
    const free = () => {
      let number = labels.size + 1;
      while (labels.has(String(number))) number++;
      labels.add(String(number));
      return String(number);
    };
    const offset = 400;
    const tables = [...selection.tableIds].flatMap((id) => {
      const table = index.tables.get(id)?.table;
      if (!table) return [];
      const { id: _id, version: _version, ...row } = table;
      return [{ ...row, label: free(), xMm: row.xMm + offset, yMm: row.yMm + offset }];
    });
    const fixtures = [...selection.fixtureIds].flatMap((id) => {
      const fixture = index.fixtures.get(id);
      if (!fixture) return [];
      const { id: _id, version: _version, ...row } = fixture;
      return [{ ...row, xMm: row.xMm + offset, yMm: row.yMm + offset }];
    });
    if (tables.length > 0) void actions.addTables(tables);
    if (fixtures.length > 0) void actions.addFixtures(fixtures);
  };
}

function ArrangeActions() {
  const store = usePlanStore();
  const { selection, actions } = useSeating();
  const duplicate = useDuplicate();
  const remove = async () => {
    const tableIds = [...selection.tableIds];
    const fixtureIds = [...selection.fixtureIds];
    const done = [
      tableIds.length > 0 ? await actions.removeTables(tableIds) : null,
      fixtureIds.length > 0 ? await actions.removeFixtures(fixtureIds) : null,
    ].filter((change) => change !== null);
    const last = done.at(-1);
    if (last && done.length === 1) notifyUndo(last.summary, () => void actions.undo());
  };
  return (
    <>
      <IconButton
        label="Turn left"
        className="max-sm:size-11"
        onPress={() => turnSelected(store, -15)}
      >
        <RotateCcw aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Turn right"
        className="max-sm:size-11"
        onPress={() => turnSelected(store, 15)}
      >
        <RotateCw aria-hidden="true" />
      </IconButton>
      <IconButton label="Duplicate" className="max-sm:size-11" onPress={duplicate}>
        <Copy aria-hidden="true" />
      </IconButton>
      {selection.tableIds.size + selection.fixtureIds.size > 1 ? <AlignMenu /> : null}
      <IconButton
        label="Remove"
        tone="danger"
        className="max-sm:size-11"
        onPress={() => void remove()}
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
    </>
  );
}

function AlignMenu() {
  const { index, selection, actions } = useSeating();
  const lineUp = (how: Alignment) => {
    const spots = [
      ...[...selection.tableIds].flatMap((id) => index.tables.get(id)?.table ?? []),
      ...[...selection.fixtureIds].flatMap((id) => index.fixtures.get(id) ?? []),
    ].map(({ id, xMm, yMm, rotation }) => ({ id, xMm, yMm, rotation }));
    const placed = new Map<string, (typeof spots)[number]>(
      align(spots, how).map((spot) => [spot.id, spot]),
    );
    const spotOf = (id: string) => {
      const { xMm = 0, yMm = 0, rotation = 0 } = placed.get(id) ?? {};
      return { xMm, yMm, rotation };
    };
    void actions.moveThings({
      tables: [...selection.tableIds].map((tableId) => ({ tableId, ...spotOf(tableId) })),
      fixtures: [...selection.fixtureIds].map((fixtureId) => ({ fixtureId, ...spotOf(fixtureId) })),
    });
  };
  return (
    <Menu
      label="Line up"
      placement="top end"
      trigger={
        <Button size="sm" className="h-11 sm:h-8">
          <AlignHorizontalDistributeCenter aria-hidden="true" />
          Line up
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem onAction={() => lineUp('row')}>{alignments.row}</MenuItem>
      <MenuItem onAction={() => lineUp('column')}>{alignments.column}</MenuItem>
      <MenuItem onAction={() => lineUp('spread-across')}>{alignments['spread-across']}</MenuItem>
      <MenuItem onAction={() => lineUp('spread-down')}>{alignments['spread-down']}</MenuItem>
    </Menu>
  );
}
