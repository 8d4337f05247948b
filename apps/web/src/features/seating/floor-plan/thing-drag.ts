import type { RoomPoint, SeatingFixture, SeatingTable } from '@wedsync/contracts/seating';
import { depthOf, rotatePoint } from '@wedsync/contracts/seating-geometry';
import type { Moves } from '../plan-guesses.ts';
import type { PlanStore } from '../plan-store.ts';
import { snapAngle, snapPoint } from './geometry/snap.ts';
import type { PlanView } from './plan-view.ts';

export type HandleKind = 'rotate' | 'resize';

/** What a drag draws on: a layer over the room that the compositor moves, and two lines. */
export interface ThingDragParts {
  room: SVGSVGElement;
  overlay: SVGSVGElement;
  guideX: HTMLElement;
  guideY: HTMLElement;
}

interface DragOptions {
  store: PlanStore;
  view: PlanView;
  parts: ThingDragParts;
  press: Pick<PointerEvent, 'pointerId' | 'clientX' | 'clientY'>;
  /** `table:<id>` or `fixture:<id>` that was pressed, or whose handle was. */
  key: string | null;
  handle: HandleKind | null;
}

type Thing =
  | { key: string; kind: 'table'; row: SeatingTable }
  | { key: string; kind: 'fixture'; row: SeatingFixture };

const startPx = 4;
const gridMm = 100;
const snapPx = 7;
const svgSpace = 'http://www.w3.org/2000/svg';

/** The pressed thing, or the whole selection it belongs to. */
function thingsOf(store: PlanStore, key: string): Thing[] {
  const { index, selection, plan } = store.state();
  const all: Thing[] = [
    ...index.tableList.map(
      ({ table }): Thing => ({ key: `table:${table.id}`, kind: 'table', row: table }),
    ),
    ...plan.fixtures.map((row): Thing => ({ key: `fixture:${row.id}`, kind: 'fixture', row })),
  ];
  const isChosen = (thing: Thing) =>
    thing.kind === 'table'
      ? selection.tableIds.has(thing.row.id)
      : selection.fixtureIds.has(thing.row.id);
  const pressed = all.find((thing) => thing.key === key);
  if (!pressed) return [];
  return isChosen(pressed)
    ? [pressed, ...all.filter((thing) => thing !== pressed && isChosen(thing))]
    : [pressed];
}

/** Copies of the things on the layer above, while they themselves fade. */
function createCopies({ parts, view }: DragOptions, things: readonly Thing[]) {
  const { overlay, room } = parts;
  const group = document.createElementNS(svgSpace, 'g');
  const inner = document.createElementNS(svgSpace, 'g');
  const { left, top, scale } = view.current();
  group.setAttribute('transform', `matrix(${scale} 0 0 ${scale} ${left} ${top})`);
  group.append(inner);
  group.style.setProperty('--u', String(1 / scale));
  const faded: Element[] = [];
  for (const { key } of things) {
    const original = room.querySelector(`[data-thing="${key}"]`);
    if (!original) continue;
    const copy = original.cloneNode(true);
    if (copy instanceof Element) {
      for (const node of [copy, ...copy.querySelectorAll('*')]) {
        node.removeAttribute('data-thing');
        node.removeAttribute('data-focus-key');
        node.removeAttribute('tabindex');
        node.removeAttribute('role');
      }
    }
    inner.append(copy);
    original.classList.add('opacity-25');
    faded.push(original);
  }
  overlay.append(group);
  return {
    shift(x: number, y: number) {
      overlay.style.transform = `translate3d(${x}px, ${y}px, 0)`;
    },
    transform: (text: string) => inner.setAttribute('transform', text),
    replace: (element: Element) => inner.replaceChildren(element),
    remove() {
      group.remove();
      overlay.style.transform = '';
      for (const element of faded) element.classList.remove('opacity-25');
    },
  };
}

interface Session {
  move(point: RoomPoint, event: PointerEvent): void;
  /** Sends what was done. */
  commit(): void;
  remove(): void;
}

/** Moves things along lines with others, else on a grid of ten centimetres. */
function beginMove(options: DragOptions, things: readonly Thing[], from: RoomPoint): Session {
  const { store, view, parts } = options;
  const copies = createCopies(options, things);
  const [lead] = things;
  const keys = new Set(things.map(({ key }) => key));
  const { plan } = store.state();
  const others = plan.tables.filter(({ id }) => !keys.has(`table:${id}`));
  const shift = { xMm: 0, yMm: 0 };
  const line = (element: HTMLElement, isShown: boolean, transform: string) => {
    element.style.opacity = isShown ? '1' : '0';
    element.style.transform = transform;
  };
  return {
    move(point, event) {
      if (!lead) return;
      const { scale } = view.current();
      const wanted = {
        xMm: lead.row.xMm + point.xMm - from.xMm,
        yMm: lead.row.yMm + point.yMm - from.yMm,
      };
      const isFree = event.altKey;
      const snapped = isFree
        ? { ...wanted, guides: [] }
        : snapPoint(wanted, { others, toleranceMm: snapPx / scale, gridMm });
      shift.xMm = Math.round(snapped.xMm - lead.row.xMm);
      shift.yMm = Math.round(snapped.yMm - lead.row.yMm);
      copies.shift(shift.xMm * scale, shift.yMm * scale);
      const at = view.toFrame(snapped);
      const has = (axis: 'x' | 'y') => snapped.guides.some((guide) => guide.axis === axis);
      line(parts.guideX, has('x'), `translateX(${at.x}px)`);
      line(parts.guideY, has('y'), `translateY(${at.y}px)`);
    },
    commit() {
      if (shift.xMm === 0 && shift.yMm === 0) return;
      void store.actions.moveThings(
        movesOf(things, ({ xMm, yMm, rotation }) => ({
          xMm: xMm + shift.xMm,
          yMm: yMm + shift.yMm,
          rotation,
        })),
      );
    },
    remove() {
      copies.remove();
      line(parts.guideX, false, '');
      line(parts.guideY, false, '');
    },
  };
}

type Spot = RoomPoint & { rotation: number };

/** Where things stand afterwards, as the verb wants it. */
export function movesOf(things: readonly Thing[], to: (row: Spot) => Spot): Moves {
  return {
    tables: things.flatMap((thing) =>
      thing.kind === 'table' ? [{ tableId: thing.row.id, ...to(thing.row) }] : [],
    ),
    fixtures: things.flatMap((thing) =>
      thing.kind === 'fixture' ? [{ fixtureId: thing.row.id, ...to(thing.row) }] : [],
    ),
  };
}

function beginRotate(options: DragOptions, thing: Thing): Session {
  const copies = createCopies(options, [thing]);
  const { xMm, yMm } = thing.row;
  let rotation = thing.row.rotation;
  return {
    move(point, event) {
      const degrees = (Math.atan2(point.yMm - yMm, point.xMm - xMm) * 180) / Math.PI + 90;
      rotation = snapAngle(degrees, event.altKey);
      copies.transform(`rotate(${rotation - thing.row.rotation} ${xMm} ${yMm})`);
    },
    commit() {
      if (rotation === thing.row.rotation) return;
      void options.store.actions.moveThings(
        movesOf([thing], (row) => ({ ...row, xMm, yMm, rotation })),
      );
    },
    remove: copies.remove,
  };
}

const sizeStepMm = 50;
const sizeMmMin = 300;

function beginResize(options: DragOptions, thing: Thing): Session {
  const copies = createCopies(options, [thing]);
  const { row } = thing;
  const isRound = thing.kind === 'table' && thing.row.shape === 'round';
  const frame = document.createElementNS(svgSpace, 'rect');
  frame.setAttribute(
    'class',
    'fill-accent-soft/60 stroke-accent stroke-2 [vector-effect:non-scaling-stroke]',
  );
  const depth = thing.kind === 'table' ? depthOf(thing.row) : row.depthMm;
  const size = { widthMm: row.widthMm, depthMm: depth };
  const rounded = (half: number) =>
    Math.max(sizeMmMin, Math.round((2 * Math.abs(half)) / sizeStepMm) * sizeStepMm);
  return {
    move(point) {
      const corner = rotatePoint(
        { xMm: point.xMm - row.xMm, yMm: point.yMm - row.yMm },
        -row.rotation,
      );
      size.widthMm = rounded(
        isRound ? Math.max(Math.abs(corner.xMm), Math.abs(corner.yMm)) : corner.xMm,
      );
      size.depthMm = isRound ? size.widthMm : rounded(corner.yMm);
      const place = {
        x: -size.widthMm / 2,
        y: -size.depthMm / 2,
        width: size.widthMm,
        height: size.depthMm,
      };
      for (const [name, value] of Object.entries(place)) frame.setAttribute(name, String(value));
      frame.setAttribute('rx', String(isRound ? size.widthMm / 2 : 60));
      frame.setAttribute('transform', `translate(${row.xMm} ${row.yMm}) rotate(${row.rotation})`);
      copies.replace(frame);
    },
    commit() {
      if (size.widthMm === row.widthMm && size.depthMm === depth) return;
      if (thing.kind === 'table') void options.store.actions.updateTable(thing.row.id, size);
      else void options.store.actions.updateFixture(thing.row.id, size);
    },
    remove: copies.remove,
  };
}

/**
 * Drags tables and fixtures, or a handle of one: nothing of React runs until they are let go.
 * Shift is for selecting; Alt moves and turns freely. Escape puts everything back.
 * @returns ends the watch, e.g. when a second finger comes down
 */
export function dragThings(options: DragOptions): () => void {
  const { store, view, press, key, handle } = options;
  const things = key ? thingsOf(store, key) : [];
  const [lead] = things;
  if (!lead) return () => {};
  const roomPoint = (event: Pick<PointerEvent, 'clientX' | 'clientY'>) => {
    const origin = view.origin();
    return view.toRoom({ x: event.clientX - origin.x, y: event.clientY - origin.y });
  };
  let session: Session | null = null;
  let frame = 0;
  let last: PointerEvent | null = null;
  const begin = (): Session => {
    if (handle === 'rotate') return beginRotate(options, lead);
    if (handle === 'resize') return beginResize(options, lead);
    return beginMove(options, things, roomPoint(press));
  };
  const step = () => {
    frame = 0;
    if (last && session) session.move(roomPoint(last), last);
  };
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== press.pointerId) return;
    const far = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY);
    if (!session && far < startPx) return;
    session ??= begin();
    last = event;
    frame ||= requestAnimationFrame(step);
  };
  const stop = (isDone: boolean) => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
    cancelAnimationFrame(frame);
    if (isDone) step();
    cancelAnimationFrame(frame);
    session?.remove();
    if (isDone) session?.commit();
    session = null;
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId === press.pointerId) stop(true);
  };
  const onCancel = (event: PointerEvent) => {
    if (event.pointerId === press.pointerId) stop(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && session) {
      event.preventDefault();
      event.stopPropagation();
      stop(false);
    }
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
  return () => stop(false);
}
