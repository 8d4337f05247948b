import type { GuestId } from '@wedsync/contracts/ids';
import type { SeatTarget } from '../plan-store.ts';

/** Where dragged guests may be let go. */
export type GuestDrop = { kind: 'place'; target: SeatTarget } | { kind: 'unseat' };

/** A part of the page that takes guests: the floor plan, or an element with `data-seat-drop`. */
export interface DropSurface {
  element: HTMLElement;
  /** What lies under a point of the browser's window. */
  find(x: number, y: number): SeatTarget | null;
  /** Shows where guests would go; null takes the mark away. */
  mark(target: SeatTarget | null): void;
}

export interface GuestDrag {
  guestIds: readonly GuestId[];
  /** What the hand holds, in words: a name, "4 guests". */
  label: string;
  onDrop(drop: GuestDrop): void;
  /** The guests are in the hand: the pointer has moved, or the finger has rested. */
  onBegin?(): void;
  /** The pointer was released without having moved. */
  onTap?(): void;
}

/** A mouse that moves this far drags; less is a press. */
const dragPx = 5;
/** A finger that rests this long drags; a finger that moves sooner scrolls. */
const holdMs = 260;
const ghostStyle =
  'pointer-events-none fixed top-0 left-0 z-50 max-w-60 truncate rounded-full border border-accent ' +
  'bg-accent px-3 py-1 font-medium text-on-accent text-sm shadow-float will-change-transform';

const surfaces = new Set<DropSurface>();

/** Lets guests be dropped on `surface`; the function it answers takes that back. */
export function registerDropSurface(surface: DropSurface): () => void {
  surfaces.add(surface);
  return () => surfaces.delete(surface);
}

/**
 * Attributes of an element that takes guests without a surface: `dropZone('unseat')`, or a table or
 * seat of a list.
 */
export function dropZone(drop: 'unseat' | SeatTarget): { 'data-seat-drop': string } {
  if (drop === 'unseat') return { 'data-seat-drop': 'unseat' };
  return { 'data-seat-drop': JSON.stringify(drop) };
}

function readZone(zone: Element): GuestDrop | null {
  const text = zone.getAttribute('data-seat-drop') ?? '';
  if (text === 'unseat') return { kind: 'unseat' };
  try {
    const target: SeatTarget = JSON.parse(text);
    return { kind: 'place', target };
  } catch {
    return null;
  }
}

/** The hand: a label under the pointer, moved by the compositor alone. */
function createGhost(label: string) {
  const element = document.createElement('div');
  element.className = ghostStyle;
  element.textContent = label;
  document.body.append(element);
  return {
    move(x: number, y: number) {
      element.style.transform = `translate3d(${x + 12}px, ${y + 10}px, 0)`;
    },
    remove: () => element.remove(),
  };
}

interface Found {
  drop: GuestDrop | null;
  surface: DropSurface | null;
  zone: Element | null;
}

function findUnder(x: number, y: number): Found {
  const under = document.elementFromPoint(x, y);
  const zone = under?.closest('[data-seat-drop]') ?? null;
  if (zone) return { drop: readZone(zone), surface: null, zone };
  for (const surface of surfaces) {
    if (!under || !surface.element.contains(under)) continue;
    const target = surface.find(x, y);
    return { drop: target ? { kind: 'place', target } : null, surface, zone: null };
  }
  return { drop: null, surface: null, zone: null };
}

/** One drag from the first movement on; positions are worked through once a frame. */
function beginDrag(drag: GuestDrag) {
  const ghost = createGhost(drag.label);
  let at = { x: 0, y: 0 };
  let frame = 0;
  let found: Found = { drop: null, surface: null, zone: null };
  document.documentElement.style.cursor = 'grabbing';
  const clear = () => {
    found.surface?.mark(null);
    found.zone?.removeAttribute('data-is-over');
  };
  const step = () => {
    frame = 0;
    ghost.move(at.x, at.y);
    const next = findUnder(at.x, at.y);
    if (next.surface !== found.surface || next.zone !== found.zone) clear();
    next.surface?.mark(next.drop?.kind === 'place' ? next.drop.target : null);
    next.zone?.setAttribute('data-is-over', '');
    found = next;
  };
  return {
    move(x: number, y: number) {
      at = { x, y };
      frame ||= requestAnimationFrame(step);
    },
    end(isDropped: boolean) {
      cancelAnimationFrame(frame);
      if (isDropped) step();
      clear();
      cancelAnimationFrame(frame);
      ghost.remove();
      document.documentElement.style.cursor = '';
      if (isDropped && found.drop) drag.onDrop(found.drop);
    },
  };
}

type PointerStart = Pick<
  PointerEvent,
  'pointerId' | 'pointerType' | 'clientX' | 'clientY' | 'button'
>;

/**
 * Starts watching a pointer that was pressed on guests: `onPointerDown={(event) =>
 * watchGuestDrag(event.nativeEvent, …)}`. A mouse drags as soon as it moves, a finger after resting
 * a moment, so that lists still scroll; Escape lets go. The same works without dragging: select
 * guests and press a seat.
 * @returns ends the watch, e.g. when a second finger comes down
 */
export function watchGuestDrag(start: PointerStart, drag: GuestDrag): () => void {
  if (start.button !== 0) return () => {};
  const isTouch = start.pointerType === 'touch';
  let active: ReturnType<typeof beginDrag> | null = null;
  let last = { x: start.clientX, y: start.clientY };
  const begin = () => {
    active = beginDrag(drag);
    active.move(last.x, last.y);
    drag.onBegin?.();
    navigator.vibrate?.(10);
  };
  const hold = isTouch ? setTimeout(begin, holdMs) : undefined;

  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    last = { x: event.clientX, y: event.clientY };
    const isFar = Math.hypot(last.x - start.clientX, last.y - start.clientY) > dragPx;
    if (!active && isFar && isTouch) return stop(false);
    if (!active && isFar) begin();
    active?.move(last.x, last.y);
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    const wasTap = !active;
    stop(true);
    if (wasTap) drag.onTap?.();
  };
  const onCancel = (event: PointerEvent) => {
    if (event.pointerId === start.pointerId) stop(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && active) {
      event.preventDefault();
      stop(false);
    }
  };
  // While a finger drags, the page must not scroll under it.
  const onTouchMove = (event: TouchEvent) => {
    if (active) event.preventDefault();
  };
  const stop = (isDropped: boolean) => {
    clearTimeout(hold);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('touchmove', onTouchMove);
    active?.end(isDropped);
    active = null;
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('touchmove', onTouchMove, { passive: false });
  return () => stop(false);
}
