import type { RoomPoint } from '@wedsync/contracts/seating';

/** A box in the room, in millimetres. */
export interface RoomBox extends RoomPoint {
  widthMm: number;
  depthMm: number;
}

/** A point or a size of the window on the room, in CSS pixels. */
export interface Pixels {
  x: number;
  y: number;
}

/** How the room lies behind its window: a room point p shows at `left + p * scale`. */
export interface View {
  left: number;
  top: number;
  /** Pixels per millimetre. */
  scale: number;
}

/** One metre is between 8 and 320 pixels: a hall of 100 m on a phone, a chair as large as a hand. */
export const scaleMin = 0.008;
export const scaleMax = 0.32;
const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

export const toRoom = (view: View, { x, y }: Pixels): RoomPoint => ({
  xMm: (x - view.left) / view.scale,
  yMm: (y - view.top) / view.scale,
});

export const toWindow = (view: View, { xMm, yMm }: RoomPoint): Pixels => ({
  x: view.left + xMm * view.scale,
  y: view.top + yMm * view.scale,
});

/** Shows all of `box` in the middle of a window of `size`, with `padding` pixels around it. */
export function fitView(box: RoomBox, size: Pixels, padding: number): View {
  const room = { x: Math.max(1, size.x - 2 * padding), y: Math.max(1, size.y - 2 * padding) };
  const scale = clamp(
    Math.min(room.x / Math.max(1, box.widthMm), room.y / Math.max(1, box.depthMm)),
    scaleMin,
    scaleMax,
  );
  return centred({ xMm: box.xMm + box.widthMm / 2, yMm: box.yMm + box.depthMm / 2 }, size, scale);
}

/** Shows `point` in the middle of a window of `size`. */
export function centred(point: RoomPoint, size: Pixels, scale: number): View {
  return { left: size.x / 2 - point.xMm * scale, top: size.y / 2 - point.yMm * scale, scale };
}

/** Zooms by `factor`; what lies under `at` stays under it. */
export function zoomAt(view: View, factor: number, at: Pixels): View {
  const scale = clamp(view.scale * factor, scaleMin, scaleMax);
  const change = scale / view.scale;
  return {
    left: at.x - (at.x - view.left) * change,
    top: at.y - (at.y - view.top) * change,
    scale,
  };
}

/** Moves the view so that some of `box` stays in a window of `size`: nobody gets lost. */
export function keepInSight(view: View, box: RoomBox, size: Pixels): View {
  const margin = 60;
  const [from, to] = [
    toWindow(view, box),
    toWindow(view, { xMm: box.xMm + box.widthMm, yMm: box.yMm + box.depthMm }),
  ];
  const shift = (low: number, high: number, room: number) =>
    high < margin ? margin - high : low > room - margin ? room - margin - low : 0;
  return {
    ...view,
    left: view.left + shift(from.x, to.x, size.x),
    top: view.top + shift(from.y, to.y, size.y),
  };
}

/** What of a seat can be read at a scale. */
export type Detail = 'tables' | 'seats' | 'initials' | 'names';

/** Below these widths of a chair in pixels the next coarser detail is drawn. */
const chairPixels = { seats: 6, initials: 19, names: 48 };

/** How much is drawn: tables only from afar, then chairs, initials, names. */
export function detailAt(scale: number, chairMm: number): Detail {
  const pixels = scale * chairMm;
  if (pixels < chairPixels.seats) return 'tables';
  if (pixels < chairPixels.initials) return 'seats';
  return pixels < chairPixels.names ? 'initials' : 'names';
}

/** The smallest scale at which seats have initials and are easy to press. */
export const seatScale = (chairMm: number) => (chairPixels.names * 1.06) / chairMm;
