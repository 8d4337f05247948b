import type { SeatingFixtureId, SeatingTableId } from '@wedsync/contracts/ids';
import { chairMm } from '@wedsync/contracts/seating-geometry';
import type { PlanStore, SeatTarget } from '../plan-store.ts';
import { findTarget } from './geometry/hit-test.ts';
import type { Pixels } from './geometry/viewport.ts';
import { dragGuests } from './guest-drag.ts';
import type { PlanView } from './plan-view.ts';
import { dragThings, type HandleKind, type ThingDragParts } from './thing-drag.ts';

/** A press that moves less than this is a press. */
const stillPx = 5;
const fingerPx = 22;
/** A chair smaller than this on the screen is not aimed at: its table is. */
const chairPx = { mouse: 14, touch: 26 };
const wheelStep = 0.0016;

export interface GestureOptions {
  store: PlanStore;
  view: PlanView;
  frame: HTMLElement;
  parts: ThingDragParts;
  /** A table or fixture was pressed twice. */
  onOpen(key: string): void;
  /** Something was pressed: the keyboard goes on from there. */
  onFocus(key: string): void;
}

type Press = Pick<
  PointerEvent,
  | 'pointerId'
  | 'pointerType'
  | 'clientX'
  | 'clientY'
  | 'button'
  | 'shiftKey'
  | 'ctrlKey'
  | 'metaKey'
  | 'altKey'
  | 'target'
>;

/** The table or seat under a point of the browser's window; a finger is broad. */
export function targetAt(
  { store, view }: Pick<GestureOptions, 'store' | 'view'>,
  at: Pixels,
  isTouch: boolean,
): SeatTarget | null {
  const origin = view.origin();
  const { scale } = view.current();
  const tables = store.state().plan.tables;
  return findTarget(tables, view.toRoom({ x: at.x - origin.x, y: at.y - origin.y }), {
    slopMm: (isTouch ? fingerPx : 4) / scale,
    hasSeats: chairMm * scale >= (isTouch ? chairPx.touch : chairPx.mouse),
  });
}

const thingAt = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest('[data-thing]')?.getAttribute('data-thing') ?? null)
    : null;

const handleAt = (target: EventTarget | null): HandleKind | null => {
  const kind =
    target instanceof Element ? target.closest('[data-handle]')?.getAttribute('data-handle') : null;
  return kind === 'rotate' || kind === 'resize' ? kind : null;
};

const idOf = (key: string) => key.slice(key.indexOf(':') + 1);

/** A press on a seat or table while guests are seated: selects, or puts down what is in hand. */
function pressToSeat({ store, onFocus }: GestureOptions, press: Press, target: SeatTarget | null) {
  const { index, selection, isCarrying, canEdit, actions } = { ...store.state(), ...store };
  if (!target) return actions.letGo();
  const view = index.tables.get(target.tableId);
  const seat = view?.seats.find((one) => one.seat.number === target.seatNumber);
  const sitting = seat?.assignment?.guestId;
  onFocus(seat ? `seat:${target.tableId}:${seat.seat.number}` : `table:${target.tableId}`);
  const isAdding = press.shiftKey || press.ctrlKey || press.metaKey;
  if (sitting && isAdding) return actions.toggleGuest(sitting);
  const chosen = [...selection.guestIds];
  const isPlacing = canEdit && chosen.length > 0 && !isAdding && (isCarrying || !sitting);
  if (isPlacing) return void actions.place(chosen, target);
  if (sitting) {
    const household =
      press.altKey && seat?.guest ? index.households.get(seat.guest.householdId) : null;
    return actions.select({ guestIds: household?.map(({ id }) => id) ?? [sitting] });
  }
  const tableIds = new Set(isAdding ? selection.tableIds : []);
  if (!tableIds.delete(target.tableId)) tableIds.add(target.tableId);
  actions.select({ tableIds });
}

/** Selects a thing of the room; with Shift or Ctrl it joins the others. */
function pressToArrange({ store, onFocus }: GestureOptions, press: Press, key: string | null) {
  const { selection } = store.state();
  const isAdding = press.shiftKey || press.ctrlKey || press.metaKey;
  if (!key) {
    if (!isAdding) store.actions.select();
    return;
  }
  onFocus(key);
  const tables = new Set<SeatingTableId>(isAdding ? selection.tableIds : []);
  const fixtures = new Set<SeatingFixtureId>(isAdding ? selection.fixtureIds : []);
  const { index } = store.state();
  const table = index.tableList.find(({ table: { id } }) => id === idOf(key))?.table;
  const fixture = index.fixtures.get(idOf(key));
  if (table && !tables.delete(table.id)) tables.add(table.id);
  if (fixture && !fixtures.delete(fixture.id)) fixtures.add(fixture.id);
  store.actions.select({ tableIds: tables, fixtureIds: fixtures });
}

/** What a press on the plan begins, besides panning; null where it only pans. */
function beginDrag(
  options: GestureOptions,
  press: Press,
  onBegin: () => void,
): (() => void) | null {
  const { store, view, parts } = options;
  const { canEdit, isArranging, index } = store.state();
  if (!canEdit || press.button !== 0) return null;
  if (isArranging) {
    const handle = handleAt(press.target);
    const key = thingAt(press.target);
    if (!handle && !key) return null;
    return dragThings({ store, view, parts, press, key, handle });
  }
  const target = targetAt(
    options,
    { x: press.clientX, y: press.clientY },
    press.pointerType === 'touch',
  );
  if (target?.seatNumber === undefined) return null;
  const seat = index.tables
    .get(target.tableId)
    ?.seats.find((one) => one.seat.number === target.seatNumber);
  if (!seat?.assignment) return null;
  return dragGuests(store, press, { guestIds: [seat.assignment.guestId], onBegin });
}

/** The wheel zooms where it points; with Shift it goes aside. */
function zoomByWheel(view: PlanView, event: WheelEvent): void {
  event.preventDefault();
  const origin = view.origin();
  const lines = event.deltaMode === 1 ? 16 : 1;
  if (event.shiftKey) {
    view.panBy(-(event.deltaY + event.deltaX) * lines, 0);
    return;
  }
  // A pinch on a touchpad comes as a wheel with Ctrl and small steps.
  const step = wheelStep * lines * (event.ctrlKey ? 6 : 1);
  view.zoomBy(Math.exp(-event.deltaY * step), {
    x: event.clientX - origin.x,
    y: event.clientY - origin.y,
  });
}

/**
 * Mouse, pen and fingers on the floor plan: one pointer drags what it was pressed on or else pans,
 * two zoom, the wheel zooms, a press selects or places, two presses open.
 * @returns takes the listeners away
 */
export function listenToGestures(options: GestureOptions): () => void {
  const { store, view, frame } = options;
  const pointers = new Map<number, Pixels>();
  let start: {
    press: Press;
    endDrag: (() => void) | null;
    isStill: boolean;
    pans: boolean;
  } | null = null;
  let lastTap = { key: '', at: 0 };

  const onDown = (event: PointerEvent) => {
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size > 1) {
      start?.endDrag?.();
      start = null;
      return;
    }
    if (event.button > 1) return;
    const endDrag = beginDrag(options, event, () => {
      if (start) start.pans = false;
    });
    // A finger that rests drags; one that moves at once pans, also from a seat.
    const pans = !endDrag || (event.pointerType === 'touch' && !store.state().isArranging);
    start = { press: event, endDrag, isStill: true, pans };
    // Captured only to pan: a drag watches the window itself.
    if (!endDrag) frame.setPointerCapture(event.pointerId);
  };
  const pinch = (event: PointerEvent) => {
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    const before = pointers.get(event.pointerId);
    if (!other || !before) return;
    const now = { x: event.clientX, y: event.clientY };
    const spread = (at: Pixels) => Math.hypot(at.x - other.x, at.y - other.y);
    const origin = view.origin();
    const middle = { x: (now.x + other.x) / 2 - origin.x, y: (now.y + other.y) / 2 - origin.y };
    view.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
    if (spread(before) > 0) view.zoomBy(spread(now) / spread(before), middle);
  };
  const onMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    if (pointers.size === 2) pinch(event);
    else if (start) {
      const { press } = start;
      const far = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY);
      if (start.isStill && far < stillPx) return;
      start.isStill = false;
      if (start.pans) view.panBy(event.clientX - before.x, event.clientY - before.y);
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const press = (down: Press, at: Pixels) => {
    const { isArranging } = store.state();
    const target = isArranging ? null : targetAt(options, at, down.pointerType === 'touch');
    const key = isArranging ? thingAt(down.target) : target ? `table:${target.tableId}` : null;
    const isSecond = key !== null && lastTap.key === key && performance.now() - lastTap.at < 350;
    lastTap = { key: isSecond ? '' : (key ?? ''), at: performance.now() };
    if (isSecond && target?.seatNumber === undefined) return options.onOpen(key);
    if (isArranging) pressToArrange(options, down, key);
    else pressToSeat(options, down, target);
  };
  const onUp = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (start?.isStill && start.press.pointerId === event.pointerId && event.type === 'pointerup') {
      if (start.press.button === 0) press(start.press, { x: event.clientX, y: event.clientY });
    }
    if (pointers.size === 0) start = null;
  };
  const onWheel = (event: WheelEvent) => zoomByWheel(view, event);

  frame.addEventListener('pointerdown', onDown);
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onUp);
  frame.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    start?.endDrag?.();
    frame.removeEventListener('pointerdown', onDown);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onUp);
    frame.removeEventListener('wheel', onWheel);
  };
}
