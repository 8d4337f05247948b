import type { RoomPoint } from '@wedsync/contracts/seating';
import { chairMm } from '@wedsync/contracts/seating-geometry';
import {
  centred,
  type Detail,
  detailAt,
  fitView,
  keepInSight,
  type Pixels,
  type RoomBox,
  toRoom,
  toWindow,
  type View,
  zoomAt,
} from './geometry/viewport.ts';

/** Zooming blurs for this long after the last step, then the room is drawn sharply. */
const sharpenMs = 140;
const fitPaddingPx = 18;

interface Parts {
  /** What clips. */
  frame: HTMLElement;
  /** What is moved: a layer of its own, so that panning repaints nothing. */
  stage: HTMLElement;
  svg: SVGSVGElement;
}

/**
 * The view on the room, outside React: panning and zooming write one CSS transform per frame. The
 * room is drawn for one scale; while zooming, that drawing is stretched.
 */
export interface PlanView {
  current(): View;
  attach(parts: Parts): () => void;
  /** The room, with what stands outside of it. */
  setBox(box: RoomBox): void;
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, at?: Pixels): void;
  fit(): void;
  /** Brings a point into the frame, at least at `scale`. */
  reveal(point: RoomPoint, scale?: number): void;
  toRoom(at: Pixels): RoomPoint;
  toFrame(point: RoomPoint): Pixels;
  /** Pixels of the frame's corner in the browser's window. */
  origin(): Pixels;
  /** Called after every movement, for what is drawn over the room. */
  onMove(listener: () => void): () => void;
}

export function createPlanView(onDetail: (detail: Detail) => void): PlanView {
  let view: View = { left: 0, top: 0, scale: 0.03 };
  let box: RoomBox = { xMm: 0, yMm: 0, widthMm: 20_000, depthMm: 12_000 };
  let drawnScale = 0;
  let parts: Parts | null = null;
  let size: Pixels = { x: 0, y: 0 };
  let isFitted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  const listeners = new Set<() => void>();

  const place = () => {
    frame = 0;
    if (!parts) return;
    const { x, y } = toWindow(view, box);
    const stretch = view.scale / drawnScale;
    parts.stage.style.transform = `translate3d(${x}px, ${y}px, 0) scale(${stretch})`;
    for (const listener of listeners) listener();
  };
  const move = () => {
    frame ||= requestAnimationFrame(place);
  };
  const sharpen = () => {
    if (!parts) return;
    drawnScale = view.scale;
    parts.svg.setAttribute('width', String(box.widthMm * drawnScale));
    parts.svg.setAttribute('height', String(box.depthMm * drawnScale));
    // Millimetres per pixel: texts keep their size on the screen.
    parts.stage.style.setProperty('--u', String(1 / drawnScale));
    onDetail(detailAt(drawnScale, chairMm));
    place();
  };
  const set = (next: View) => {
    const isZoom = next.scale !== view.scale;
    view = keepInSight(next, box, size);
    move();
    if (!isZoom) return;
    clearTimeout(timer);
    timer = setTimeout(sharpen, sharpenMs);
  };
  const measure = () => {
    if (!parts) return;
    const { clientWidth: x, clientHeight: y } = parts.frame;
    const isFirst = size.x === 0;
    size = { x, y };
    if (isFirst && x > 0 && !isFitted) {
      isFitted = true;
      view = fitView(box, size, fitPaddingPx);
      sharpen();
    }
  };
  const middle = (): Pixels => ({ x: size.x / 2, y: size.y / 2 });

  return {
    current: () => view,
    attach(given) {
      parts = given;
      size = { x: 0, y: 0 };
      measure();
      sharpen();
      const observer = new ResizeObserver(measure);
      observer.observe(given.frame);
      return () => {
        observer.disconnect();
        clearTimeout(timer);
        cancelAnimationFrame(frame);
        frame = 0;
        parts = null;
      };
    },
    setBox(next) {
      box = next;
      if (drawnScale > 0) sharpen();
    },
    panBy: (dx, dy) => set({ ...view, left: view.left + dx, top: view.top + dy }),
    zoomBy: (factor, at) => set(zoomAt(view, factor, at ?? middle())),
    fit: () => set(fitView(box, size, fitPaddingPx)),
    reveal(point, scale) {
      const target = Math.max(view.scale, scale ?? 0);
      const { x, y } = toWindow(view, point);
      const margin = Math.min(70, size.x / 5, size.y / 5);
      const isSeen = x > margin && y > margin && x < size.x - margin && y < size.y - margin;
      if (isSeen && target === view.scale) return;
      set(centred(point, size, target));
    },
    toRoom: (at) => toRoom(view, at),
    toFrame: (point) => toWindow(view, point),
    origin() {
      const corner = parts?.frame.getBoundingClientRect();
      return { x: corner?.left ?? 0, y: corner?.top ?? 0 };
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
