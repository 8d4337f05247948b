import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { RoomPoint } from '@wedsync/contracts/seating';
import { chairMm, seatPlacesInRoom } from '@wedsync/contracts/seating-geometry';
import { guestName } from '../../guests/words.ts';
import type { SeatView, TableView } from '../plan-model.ts';
import type { PlanStore } from '../plan-store.ts';
import { type Direction, nextInDirection } from './geometry/navigate.ts';
import { seatScale } from './geometry/viewport.ts';
import { type Nudger, turnSelected } from './nudge.ts';
import type { PlanView } from './plan-view.ts';

export interface KeyOptions {
  store: PlanStore;
  view: PlanView;
  focusKey: string | null;
  focus(key: string): void;
  onOpen(key: string): void;
  nudger: Nudger;
}

const directions: Partial<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const zoomStep = 1.25;

/** What the keyboard is on. */
type Spot = RoomPoint & { key: string } & (
    | { kind: 'table' | 'seat'; view: TableView; seat: SeatView | undefined }
    | { kind: 'fixture' }
  );

const tableSpot = (view: TableView): Spot => ({
  kind: 'table',
  key: `table:${view.table.id}`,
  xMm: view.table.xMm,
  yMm: view.table.yMm,
  view,
  seat: undefined,
});

const seatSpots = (view: TableView): Spot[] =>
  seatPlacesInRoom(view.table).flatMap((place, at): Spot[] => {
    const seat = view.seats[at];
    if (!seat) return [];
    const key = `seat:${view.table.id}:${seat.seat.number}`;
    return [{ kind: 'seat', key, xMm: place.xMm, yMm: place.yMm, view, seat }];
  });

/** Everything that the keyboard can be on now, on the level of `like`. */
function spotsLike({ store }: KeyOptions, kind: Spot['kind']): Spot[] {
  const { index, plan, isArranging } = store.state();
  if (kind === 'seat') return index.tableList.flatMap(seatSpots);
  const tables = index.tableList.map(tableSpot);
  if (!isArranging) return tables;
  const fixtures = plan.fixtures.map(
    ({ id, xMm, yMm }): Spot => ({ kind: 'fixture', key: `fixture:${id}`, xMm, yMm }),
  );
  return [...tables, ...fixtures];
}

export function spotOf(options: KeyOptions, key: string | null): Spot | null {
  const kind = key?.startsWith('seat:') ? 'seat' : 'table';
  return spotsLike(options, kind).find((spot) => spot.key === key) ?? null;
}

function walk(options: KeyOptions, spot: Spot, direction: Direction): void {
  const all = spotsLike(options, spot.kind).filter(({ key }) => key !== spot.key);
  const near =
    spot.kind === 'seat'
      ? all.filter((other) => other.kind === 'seat' && other.view.table.id === spot.view.table.id)
      : [];
  const next = nextInDirection(spot, near, direction) ?? nextInDirection(spot, all, direction);
  if (!next) return;
  options.view.reveal(next);
  options.focus(next.key);
}

/** Goes to the seats of a table, near enough to read them; the first free one if somebody waits. */
export function enterTable({ store, view, focus }: KeyOptions, tableId: SeatingTableId): void {
  const table = store.state().index.tables.get(tableId);
  if (!table) return;
  const isPlacing = store.state().selection.guestIds.size > 0;
  const free = isPlacing ? table.seats.find(({ assignment }) => !assignment) : undefined;
  const seat = free ?? table.seats[0];
  view.reveal(table.table, seatScale(chairMm));
  if (seat) focus(`seat:${tableId}:${seat.seat.number}`);
}

const isHeld = ({ store }: KeyOptions, spot: Spot): boolean => {
  const { selection, isArranging, canEdit } = store.state();
  if (!isArranging || !canEdit) return false;
  if (spot.kind === 'fixture') return [...selection.fixtureIds].some((id) => spot.key.endsWith(id));
  return selection.tableIds.has(spot.view.table.id);
};

/** Picks a table or fixture up for the arrow keys, or puts it down. */
function holdThing(options: KeyOptions, spot: Spot): void {
  const { store, nudger } = options;
  nudger.flush();
  if (isHeld(options, spot)) {
    store.actions.select();
    store.actions.announce('Put down.');
    return;
  }
  toggle(options, spot);
  store.actions.announce(
    'Picked up. Arrow keys move it, with Shift by a metre; R turns it, E opens it, Enter puts it down.',
  );
}

/** Enter: puts down what is in hand, picks up who sits here, goes into a table. */
function enter(options: KeyOptions, spot: Spot): void {
  const { store } = options;
  const { selection, isCarrying, isArranging, canEdit } = store.state();
  const { actions } = store;
  if (isArranging && canEdit) holdThing(options, spot);
  if (isArranging || spot.kind === 'fixture') return;
  const chosen = [...selection.guestIds];
  const sitting = spot.seat?.assignment?.guestId;
  const tableId = spot.view.table.id;
  if (canEdit && chosen.length > 0 && (isCarrying || !sitting)) {
    void actions.place(chosen, { tableId, seatNumber: spot.seat?.seat.number });
    return;
  }
  if (spot.kind === 'table') enterTable(options, tableId);
  else if (!sitting) {
    actions.announce(
      'This seat is free. Pick up a guest first: press Enter on a taken seat, or choose one in the list beside the plan.',
    );
  } else if (canEdit) actions.pickUp([sitting]);
  else actions.select({ guestIds: [sitting] });
}

function letGo({ store, focus }: KeyOptions, spot: Spot | null): boolean {
  const { selection, isCarrying } = store.state();
  if (isCarrying || selection.guestIds.size + selection.tableIds.size + selection.fixtureIds.size) {
    store.actions.letGo();
    store.actions.announce(isCarrying ? 'Let go. Nobody was moved.' : 'Nothing is selected.');
    return true;
  }
  if (spot?.kind !== 'seat') return false;
  focus(`table:${spot.view.table.id}`);
  return true;
}

/** Those who are meant: who sits where the keyboard is, else the selection. */
function guestsMeant({ store }: KeyOptions, spot: Spot | null): GuestId[] {
  const { selection, index } = store.state();
  if (selection.guestIds.size > 0) {
    return [...selection.guestIds].filter((id) => index.assignments.has(id));
  }
  const sitting = spot && spot.kind === 'seat' ? spot.seat?.assignment?.guestId : undefined;
  return sitting ? [sitting] : [];
}

function toggleLock(options: KeyOptions, spot: Spot | null): void {
  const { store } = options;
  const { index } = store.state();
  if (spot?.kind === 'table') {
    const { table } = spot.view;
    void store.actions.updateTable(table.id, { isLocked: !table.isLocked });
    return;
  }
  const guestIds = guestsMeant(options, spot);
  if (guestIds.length === 0) return;
  const areLocked = guestIds.every((id) => index.assignments.get(id)?.isLocked);
  void store.actions.lock(guestIds, !areLocked);
}

function remove(options: KeyOptions, spot: Spot | null): void {
  const { store } = options;
  const { isArranging, index, selection } = store.state();
  if (!isArranging) {
    const guestIds = guestsMeant(options, spot);
    if (guestIds.length > 0) void store.actions.unseat(guestIds);
    return;
  }
  const tableIds = [...selection.tableIds];
  const fixtureIds = [...selection.fixtureIds];
  const isNothing = tableIds.length + fixtureIds.length === 0;
  if (isNothing && spot?.kind === 'table') tableIds.push(spot.view.table.id);
  const fixture =
    isNothing && spot ? index.fixtures.get(spot.key.slice('fixture:'.length)) : undefined;
  if (fixture) fixtureIds.push(fixture.id);
  if (tableIds.length > 0) void store.actions.removeTables(tableIds);
  if (fixtureIds.length > 0) void store.actions.removeFixtures(fixtureIds);
}

/** Space: selects who sits here, or the table or thing, beside what is selected already. */
function toggle({ store }: KeyOptions, spot: Spot): void {
  const { index, selection } = store.state();
  if (spot.kind === 'seat') {
    const guest = spot.seat?.guest;
    if (!guest) return;
    store.actions.toggleGuest(guest.id);
    const isIn = store.state().selection.guestIds.has(guest.id);
    store.actions.announce(`${guestName(guest)} ${isIn ? 'selected' : 'not selected'}.`);
    return;
  }
  const tableIds = new Set(selection.tableIds);
  const fixtureIds = new Set(selection.fixtureIds);
  if (spot.kind === 'table' && !tableIds.delete(spot.view.table.id)) {
    tableIds.add(spot.view.table.id);
  }
  const fixture = index.fixtures.get(spot.key.slice('fixture:'.length));
  if (fixture && !fixtureIds.delete(fixture.id)) fixtureIds.add(fixture.id);
  store.actions.select({ tableIds, fixtureIds });
}

function pickUpHousehold({ store }: KeyOptions, spot: Spot | null): void {
  const guest = spot && spot.kind === 'seat' ? spot.seat?.guest : null;
  const household = guest ? store.state().index.households.get(guest.householdId) : undefined;
  if (household) {
    store.actions.pickUp(household.filter(({ answer }) => answer !== 'no').map(({ id }) => id));
  }
}

/** Does what a key means on the plan; true when it meant something. */
export function pressKey(options: KeyOptions, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { store, view } = options;
  const { canEdit } = store.state();
  const spot = spotOf(options, options.focusKey);
  const direction = directions[event.key];
  if (direction) {
    if (spot && isHeld(options, spot)) options.nudger.move(direction, event.shiftKey);
    else if (spot) walk(options, spot, direction);
    return true;
  }
  const always: Partial<Record<string, () => void>> = {
    '+': () => view.zoomBy(zoomStep),
    '=': () => view.zoomBy(zoomStep),
    '-': () => view.zoomBy(1 / zoomStep),
    '0': () => view.fit(),
    enter: () => spot && enter(options, spot),
    ' ': () => spot && toggle(options, spot),
  };
  const editing: Partial<Record<string, () => void>> = {
    delete: () => remove(options, spot),
    backspace: () => remove(options, spot),
    l: () => toggleLock(options, spot),
    h: () => pickUpHousehold(options, spot),
    r: () => turnSelected(store, event.shiftKey ? -15 : 15),
    e: () => spot && spot.kind !== 'seat' && options.onOpen(spot.key),
  };
  if (event.key === 'Escape') return letGo(options, spot);
  const key = event.key.toLowerCase();
  const run = always[key] ?? (canEdit ? editing[key] : undefined);
  run?.();
  return run !== undefined;
}
