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
  /** What is in the middle of the frame, on the grid of ten centimetres. */
  middle(): RoomPoint;
  /** Pixels of the frame's corner in the browser's window. */
  origin(): Pixels;
  /** Called after every movement, for what is drawn over the room. */
  onMove(listener: () => void): () => void;
}

interface Drawn {
  view: View;
  box: RoomBox;
  size: Pixels;
  /** Scale for which the room is drawn; another one stretches the drawing. */
  scale: number;
  parts: Parts | null;
}

/** Puts the drawing where the view has it. */
function placeStage({ view, box, scale, parts }: Drawn): void {
  if (!parts) return;
  const { x, y } = toWindow(view, box);
  const stretch = view.scale / scale;
  // Whole pixels while nothing is stretched: letters stay sharp.
  const [left, top] = stretch === 1 ? [Math.round(x), Math.round(y)] : [x, y];
  parts.stage.style.transform = `translate3d(${left}px, ${top}px, 0) scale(${stretch})`;
}

/** Draws the room anew for the scale of the view. */
function redraw(drawn: Drawn): void {
  const { view, box, parts } = drawn;
  if (!parts) return;
  drawn.scale = view.scale;
  parts.svg.setAttribute('width', String(box.widthMm * view.scale));
  parts.svg.setAttribute('height', String(box.depthMm * view.scale));
  // Millimetres per pixel: texts keep their size on the screen.
  parts.stage.style.setProperty('--u', String(1 / view.scale));
}

const isInside = ({ x, y }: Pixels, size: Pixels) => {
  const margin = 28;
  return x > margin && y > margin && x < size.x - margin && y < size.y - margin;
};

const firstDrawn = (): Drawn => ({
  view: { left: 0, top: 0, scale: 0.03 },
  box: { xMm: 0, yMm: 0, widthMm: 20_000, depthMm: 12_000 },
  size: { x: 0, y: 0 },
  scale: 0.03,
  parts: null,
});

export function createPlanView(onDetail: (detail: Detail) => void): PlanView {
  const drawn = firstDrawn();
  let isFitted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  const listeners = new Set<() => void>();

  const place = () => {
    frame = 0;
    placeStage(drawn);
    for (const listener of listeners) listener();
  };
  const sharpen = () => {
    if (!drawn.parts) return;
    redraw(drawn);
    onDetail(detailAt(drawn.scale, chairMm));
    place();
  };
  const set = (next: View) => {
    const isZoom = next.scale !== drawn.view.scale;
    drawn.view = keepInSight(next, drawn.box, drawn.size);
    frame ||= requestAnimationFrame(place);
    if (!isZoom) return;
    clearTimeout(timer);
    timer = setTimeout(sharpen, sharpenMs);
  };
  const fitted = () => fitView(drawn.box, drawn.size, fitPaddingPx);
  const measure = () => {
    const { clientWidth: x = 0, clientHeight: y = 0 } = drawn.parts?.frame ?? {};
    drawn.size = { x, y };
    if (isFitted || x === 0) return;
    isFitted = true;
    drawn.view = fitted();
    sharpen();
  };

  return {
    current: () => drawn.view,
    attach(parts) {
      drawn.parts = parts;
      measure();
      sharpen();
      const observer = new ResizeObserver(measure);
      observer.observe(parts.frame);
      return () => {
        observer.disconnect();
        clearTimeout(timer);
        cancelAnimationFrame(frame);
        frame = 0;
        drawn.parts = null;
      };
    },
    setBox(box) {
      drawn.box = box;
      sharpen();
    },
    panBy: (dx, dy) => set({ ...drawn.view, left: drawn.view.left + dx, top: drawn.view.top + dy }),
    zoomBy: (factor, at = { x: drawn.size.x / 2, y: drawn.size.y / 2 }) =>
      set(zoomAt(drawn.view, factor, at)),
    fit: () => set(fitted()),
    reveal(point, least = 0) {
      const scale = Math.max(drawn.view.scale, least);
      const isSeen = isInside(toWindow(drawn.view, point), drawn.size);
      if (!isSeen || scale !== drawn.view.scale) set(centred(point, drawn.size, scale));
    },
    toRoom: (at) => toRoom(drawn.view, at),
    toFrame: (point) => toWindow(drawn.view, point),
    middle() {
      const { xMm, yMm } = toRoom(drawn.view, { x: drawn.size.x / 2, y: drawn.size.y / 2 });
      return { xMm: Math.round(xMm / 100) * 100, yMm: Math.round(yMm / 100) * 100 };
    },
    origin() {
      const corner = drawn.parts?.frame.getBoundingClientRect();
      return { x: corner?.left ?? 0, y: corner?.top ?? 0 };
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
